/* The runner's parts, and what its worker and its watcher share. */
#ifndef RUNNER_H
#define RUNNER_H

#include <stddef.h>
#include <stdint.h>

#include "protocol.h"

/* Memory that sequences map; zero at the start of each. */
#define ARENA_SIZE (4u << 20)
#define OUT_SIZE (4u << 20)
/* A result never takes more: the encoder refuses sequences that could. */
#define RESULT_MAX (1u << 20)
#define MESSAGES_MAX (64u << 10)
/* Descriptors below are a sequence's own. */
#define OWN_FDS 200

/* Shared, so that what a worker had done is known when it hangs or dies. */
struct shared {
	volatile uint32_t busy;
	volatile uint32_t index;
	volatile uint32_t results;
	volatile uint64_t beat;
	/* Whole frames, and with the one that is being written. */
	volatile uint32_t committed;
	volatile uint32_t used;
	uint8_t out[OUT_SIZE];
};

/* setup.c */
void mount_all(void);
void allow_fault_injection(void);
void write_file(const char *path, const char *text);
_Noreturn void power_off(void);

/* port.c */
int open_port(void);
void write_all(int fd, const void *from, size_t length);
void send_frame(int port, uint8_t type, uint8_t status, const void *payload, uint32_t length);
void send_hello(int port);

/* messages.c */
int open_messages(void);
size_t read_messages(int fd, char *to, size_t room);
int is_warning(const char *messages, size_t length);

/* execute.c */
int own_fd(int fd);
void prepare_execution(void);
int execute(uint8_t *ops, uint32_t length, uint32_t count, struct shared *shared);
void clean_up(void);

/* worker.c, watch.c, program.c */
_Noreturn void work(int port, const struct run_header *run, struct shared *shared);
void watch(int port, const struct run_header *run);
void run_program(int port, char **argv);

#endif
