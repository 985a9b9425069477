/* Makes the calls of a sequence and compares what they give. */
static const char *iommu_path = "/dev/iommu";
static const char *device_paths[MAX_DEVICES];
static int device_count;

static int iommufd = -1;
static int device_fds[MAX_DEVICES];
static uint32_t ids[OBJECTS];

static const char *failure(const char *what, int error)
{
	static char text[300];

	snprintf(text, sizeof(text), "%s: %s", what, strerror(error));
	return text;
}

static void close_all(void)
{
	for (int i = 0; i < MAX_DEVICES; i++) {
		if (device_fds[i] >= 0)
			close(device_fds[i]);
		device_fds[i] = -1;
	}
	if (iommufd >= 0)
		close(iommufd);
	iommufd = -1;
	for (int i = 0; i < OBJECTS; i++)
		ids[i] = NEVER;
}

static int device_fd(int device)
{
	if (device_fds[device] < 0)
		device_fds[device] = open(device_paths[device], O_RDWR | O_CLOEXEC);
	return device_fds[device];
}

static void put(uint8_t *at, uint64_t value, unsigned width)
{
	memcpy(at, &value, width); /* Little-endian, as the ioctls' machines are. */
}

static void fill(const struct step *step, uint8_t *buffer)
{
	memset(buffer, 0, BUFFER);
	put(buffer, step->size, 4);
	for (unsigned i = 0; i < step->field_count; i++) {
		const struct field *f = &step->fields[i];
		uint64_t value = f->value;
		if (f->kind == OBJECT)
			value = f->value == NOTHING ? NEVER : ids[f->value];
		else if (f->kind == IOMMUFD)
			value = (uint32_t)iommufd;
		else if (f->kind == MEMORY)
			value = (uintptr_t)memory[f->value];
		put(buffer + f->offset, value, f->width);
	}
}

/* Returns NULL where the step gave what it should, else what it gave. */
static const char *perform(const struct step *step)
{
	static char text[300];
	uint8_t buffer[BUFFER];
	int fd = iommufd, error = 0;

	switch (step->kind) {
	case OPEN:
		iommufd = open(iommu_path, O_RDWR | O_CLOEXEC);
		return iommufd < 0 ? failure(iommu_path, errno) : NULL;
	case CLOSE:
		close(iommufd);
		iommufd = -1;
		return NULL;
	case CLOSE_DEVICE:
		close(device_fds[step->device]);
		device_fds[step->device] = -1;
		return NULL;
	case ON_DEVICE:
		fd = device_fd(step->device);
		if (fd < 0)
			return failure(device_paths[step->device], errno);
		break;
	case ON_IOMMUFD:
		break;
	}
	fill(step, buffer);
	if (ioctl(fd, step->request, buffer))
		error = errno;
	if (error != step->error) {
		snprintf(text, sizeof(text), "gave %s, not %s", error ? strerror(error) : "success", step->error ? strerror(step->error) : "success");
		return text;
	}
	for (unsigned i = 0; i < step->output_count && !error; i++) {
		const struct output *o = &step->outputs[i];
		memcpy(&ids[o->object], buffer + o->offset, sizeof(ids[0]));
		if (ids[o->object] != o->id) {
			snprintf(text, sizeof(text), "gave %s %u, not %u", o->name, ids[o->object], o->id);
			return text;
		}
	}
	return NULL;
}
