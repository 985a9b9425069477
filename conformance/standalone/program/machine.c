/* What the machine lacks for a sequence; NULL where it has everything. */
static const char *lacks_smmuv3(void)
{
	static char reason[400];
	static int known;

	if (known)
		return *reason ? reason : NULL;
	known = 1;
	for (int i = 0; i < COUNT(probe) && !*reason; i++) {
		const char *wrong = perform(&probe[i]);
		if (wrong)
			snprintf(reason, sizeof(reason), "no Arm SMMUv3 that can nest: %s %s", probe[i].says, wrong);
	}
	close_all();
	return *reason ? reason : NULL;
}

/* The folder of a device's IOMMU group; 0 where it is not known. */
static int group_of(int device, char path[PATH_MAX])
{
	char link[128];
	struct stat node;

	if (stat(device_paths[device], &node))
		return 0;
	snprintf(link, sizeof(link), "/sys/dev/char/%u:%u/device/iommu_group", major(node.st_rdev), minor(node.st_rdev));
	return realpath(link, path) != NULL;
}

static int members(const char *group)
{
	struct dirent *entry;
	int count = 0;
	char *path;

	if (asprintf(&path, "%s/devices", group) < 0)
		return 0;
	DIR *folder = opendir(path);
	while (folder && (entry = readdir(folder)))
		count += entry->d_name[0] != '.';
	if (folder)
		closedir(folder);
	free(path);
	return count;
}

static const char *lacks(const struct sequence *sequence)
{
	static char reason[400];
	char groups[MAX_DEVICES][PATH_MAX];

	if (sequence->devices > device_count) {
		snprintf(reason, sizeof(reason), "needs %d devices", sequence->devices);
		return reason;
	}
	for (int i = 0; i < sequence->devices; i++) {
		if (!group_of(i, groups[i])) {
			snprintf(reason, sizeof(reason), "the IOMMU group of %s is not known", device_paths[i]);
			return reason;
		}
		for (int j = 0; j < i; j++)
			if (!strcmp(groups[i], groups[j]))
				return "needs devices of different IOMMU groups";
		if ((sequence->needs & NEEDS_ALONE) && members(groups[i]) != 1) {
			snprintf(reason, sizeof(reason), "needs %s alone in its IOMMU group", device_paths[i]);
			return reason;
		}
	}
	return sequence->needs & NEEDS_SMMUV3 ? lacks_smmuv3() : NULL;
}
