/* Options, and the report in TAP. */
static const char usage[] =
	"Usage: %s [--iommu PATH] [--only N] [--dry-run] DEVICE...\n"
	"Makes calls of iommufd and VFIO and compares what they give with the specification. Reports in TAP.\n"
	"  DEVICE       node of a VFIO device, such as /dev/vfio/devices/vfio0, that nobody else has open; %d at most\n"
	"  --iommu PATH the node of iommufd instead of /dev/iommu\n"
	"  --only N     only sequence N, from 1\n"
	"  --dry-run    print the calls and make none; needs no device\n"
	"  --help       print this\n"
	"Exit codes: 0 all as specified, 1 something was not, 2 wrong usage, 4 all was skipped.\n";

static void wrong(const char *name, const char *what, const char *which)
{
	fprintf(stderr, "%s: %s%s; see --help\n", name, what, which);
	exit(2);
}

static void print_steps(const struct sequence *sequence)
{
	for (int i = 0; i < sequence->count; i++)
		printf("#   %d. %s\n", i + 1, sequence->steps[i].says);
}

/* Runs a sequence; returns 1 where it went as it should. */
static int run(int number, const struct sequence *sequence)
{
	for (int i = 0; i < sequence->count; i++) {
		const char *what = perform(&sequence->steps[i]);
		if (!what)
			continue;
		printf("not ok %d - %s\n", number, sequence->says);
		printf("# step %d, %s: %s\n", i + 1, sequence->steps[i].says, what);
		print_steps(sequence);
		close_all();
		return 0;
	}
	printf("ok %d - %s\n", number, sequence->says);
	close_all();
	return 1;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{"iommu", required_argument, NULL, 'i'},
		{"only", required_argument, NULL, 'o'},
		{"dry-run", no_argument, NULL, 'd'},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	const char *name = argv[0];
	int dry = 0, passed = 0, failed = 0, skipped = 0, option;
	long only = 0;
	char *end;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		switch (option) {
		case 'i':
			iommu_path = optarg;
			break;
		case 'o':
			only = strtol(optarg, &end, 10);
			if (*end || only < 1 || only > COUNT(sequences))
				wrong(name, "there is no sequence ", optarg);
			break;
		case 'd':
			dry = 1;
			break;
		case 'h':
			printf(usage, name, MAX_DEVICES);
			return 0;
		case ':':
			wrong(name, "a value is missing after ", argv[optind - 1]);
			break;
		default:
			wrong(name, "unknown option ", argv[optind - 1]);
		}
	}
	for (; optind < argc; optind++) {
		if (device_count == MAX_DEVICES)
			wrong(name, "too many devices from ", argv[optind]);
		if (!dry && access(argv[optind], R_OK | W_OK))
			wrong(name, failure(argv[optind], errno), "");
		device_paths[device_count++] = argv[optind];
	}
	if (!dry && !device_count)
		wrong(name, "no device given", "");
	if (!dry && access(iommu_path, R_OK | W_OK))
		wrong(name, failure(iommu_path, errno), "");
	for (int i = 0; i < MAX_DEVICES; i++)
		device_fds[i] = -1;
	close_all();
	printf("TAP version 13\n1..%d\n", only ? 1 : COUNT(sequences));
	for (int i = 0; i < COUNT(sequences); i++) {
		const struct sequence *sequence = &sequences[i];
		int number = only ? 1 : i + 1;
		const char *lacking;
		if (only && i + 1 != only)
			continue;
		fflush(stdout);
		if (dry) {
			printf("ok %d - %s # SKIP dry run\n", number, sequence->says);
			print_steps(sequence);
			skipped++;
		} else if ((lacking = lacks(sequence))) {
			printf("ok %d - %s # SKIP %s\n", number, sequence->says, lacking);
			skipped++;
		} else if (run(number, sequence)) {
			passed++;
		} else {
			failed++;
		}
	}
	printf("# Totals: pass:%d fail:%d skip:%d\n", passed, failed, skipped);
	if (failed)
		return 1;
	return !passed && !dry ? 4 : 0;
}
