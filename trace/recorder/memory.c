/* Programs pass bad addresses on purpose; the kernel tells which can be read. */
#include "record.h"

#include <sys/uio.h>
#include <unistd.h>

size_t peek(void *to, const void *from, size_t length)
{
	struct iovec local = {to, length}, remote = {(void *)from, length};
	ssize_t n = process_vm_readv(getpid(), &local, 1, &remote, 1, 0);

	return n > 0 ? n : 0;
}
