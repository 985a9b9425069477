/*
 * What the host and the runner send each other over the virtio port, little-endian and packed.
 * The TypeScript side is encode.ts and frames.ts; both carry the version.
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdint.h>

#define PROTOCOL_MAGIC 0x53444649 /* "IFDS" */
#define PROTOCOL_VERSION 1

/*
 * Host to guest: one header, then sequences, each with its length before it; a length of END_OF_RUN
 * ends the run.
 */
#define END_OF_RUN 0xffffffffu

struct run_header {
	uint32_t magic;
	uint16_t version;
	uint16_t flags;
	uint32_t watchdog_ms;
} __attribute__((packed));

enum { FLUSH_EACH = 1, STOP_ON_WARNING = 2 };

struct sequence_header {
	uint32_t length; /* of what follows this header */
	uint32_t index;
	uint16_t ops;
	uint16_t reserved;
} __attribute__((packed));

enum kind { OP_OPEN = 1, OP_IOCTL, OP_CLOSE, OP_READ, OP_WRITE, OP_MMAP, OP_MUNMAP, OP_MEMFD };

/* An operation, followed by: blob sizes (u32 each), relocations, outputs, the struct, the blobs. */
struct op_header {
	uint8_t kind;
	uint8_t blobs;
	uint8_t relocs;
	uint8_t outputs;
	uint32_t request;  /* ioctl: request; open: flags; mmap, munmap: length */
	uint64_t argument; /* mmap: offset; munmap: address; memfd: size */
	uint32_t fail_nth; /* 0: none */
	uint32_t size;	   /* of the struct: what the ioctl takes, the path, what is written, room for what is read */
} __attribute__((packed));

/* Parts of an operation, as source or target; lower numbers are blobs. */
enum { PART_STRUCT = 0xff, PART_ARGUMENT = 0xfe, PART_FD = 0xfd, PART_RETURN = 0xfc };

enum { RELOC_VALUE = 1, RELOC_BLOB, RELOC_ARENA };

/*
 * Before the call, puts into `target` at `offset`: a value of an earlier operation, the address of
 * a blob, or of the arena.
 */
struct reloc {
	uint8_t type;
	uint8_t width;
	uint8_t target;
	uint8_t part; /* of the source; RELOC_BLOB: which blob */
	uint32_t offset;
	uint32_t source; /* RELOC_VALUE: which operation; RELOC_ARENA: offset */
	uint32_t source_offset;
} __attribute__((packed));

struct output {
	uint8_t part;
	uint8_t reserved[3];
	uint32_t offset;
	uint32_t size;
} __attribute__((packed));

/* Guest to host: frames. */
enum { FRAME_HELLO = 1, FRAME_RESULT, FRAME_END, FRAME_LOG };
enum status { STATUS_DONE, STATUS_HUNG, STATUS_DIED, STATUS_MALFORMED };
enum end { END_DONE, END_WARNED, END_HUNG, END_DIED };

struct frame {
	uint8_t type;
	uint8_t status;
	uint16_t reserved;
	uint32_t index;
	uint32_t length; /* of what follows this header */
} __attribute__((packed));

/* The start of a FRAME_RESULT, followed by results and then by kernel messages. */
struct result_header {
	uint32_t results;
	uint32_t messages; /* bytes */
} __attribute__((packed));

struct result {
	int32_t ret;
	uint16_t error;
	uint8_t injected;
	uint8_t reserved;
	uint32_t length; /* of the outputs that follow */
} __attribute__((packed));

#endif
