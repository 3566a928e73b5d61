/*
 * bench [--smoke] [--only TEXT] COLUMN=FILE.so …
 *
 * Times all peers row by row. In each round every peer runs for one slice, in an order that rotates, so that what else goes on
 * in the machine hits all alike; a ratio is the median over rounds of the ratio within a round. The clock is the thread's CPU
 * time: a slice in which another process ran is not longer.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

const char *const COLUMN_NAME[COLUMNS] = {"ours-ring", "ours-aws-lc", "OpenSSL", "wolfSSL", "MbedTLS", "engine-ring", "engine-aws"};

#define CURVE_ROWS(label, operation) \
    {"P-256 " label, operation, P256, 209}, {"P-384 " label, operation, P384, 209}, {"P-521 " label, operation, P521, 209}
#define SIZES(label, operation, variant) \
    {label, operation, variant, 16}, {label, operation, variant, 1024}, {label, operation, variant, BIG}

static const struct row ROWS[] = {
    CURVE_ROWS("sign", SIGN),
    CURVE_ROWS("verify", VERIFY),
    CURVE_ROWS("ECDH", AGREE),
    CURVE_ROWS("ECDH, partner parsed", AGREE_PARSED),
    SIZES("AES-128-GCM seal", SEAL, 128),
    SIZES("AES-128-GCM seal, apart", SEAL_APART, 128),
    SIZES("AES-128-GCM seal, new nonce", SEAL_NEW_NONCE, 128),
    SIZES("AES-128-GCM open, apart", OPEN, 128),
    SIZES("AES-256-GCM seal", SEAL, 256),
    SIZES("AES-256-GCM open, apart", OPEN, 256),
    SIZES("AES-128-CBC encrypt", CBC_ENCRYPT, 128),
    SIZES("AES-128-CBC encrypt, apart", CBC_ENCRYPT_APART, 128),
    SIZES("AES-128-CBC decrypt", CBC_DECRYPT, 128),
    SIZES("AES-256-CBC encrypt", CBC_ENCRYPT, 256),
    SIZES("AES-256-CBC decrypt", CBC_DECRYPT, 256),
    SIZES("AES-128-CMAC", CMAC, 128),
    SIZES("SHA-256", SHA256, 0),
};
#define ROW_COUNT (sizeof ROWS / sizeof ROWS[0])

#define MAX_ROUNDS 101
static int Rounds = 41;
static double Slice = 0.008; /* seconds */

static struct bench Benches[COLUMNS];
/* Operations a second: [column][round]. */
static double Rate[COLUMNS][MAX_ROUNDS];

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + ((double)time.tv_nsec * 1e-9);
}

static double slice(int column, const struct row *row, long count)
{
    double begin = now();
    if (repeat(&Benches[column], row, count) != 0) {
        fprintf(stderr, "%s fails at %s\n", COLUMN_NAME[column], row->label);
        exit(1);
    }
    return now() - begin;
}

/* How often the operation runs in one slice. */
static long calibrate(int column, const struct row *row)
{
    long count = 1;
    double time = slice(column, row, count);
    while (time < Slice / 4) {
        count *= 2;
        time = slice(column, row, count);
    }
    count = (long)((double)count * Slice / time);
    return count > 0 ? count : 1;
}

static void measure(const struct row *row)
{
    long counts[COLUMNS] = {0};
    for (int column = 0; column < COLUMNS; column++) {
        if (has(Benches[column].peer, row)) {
            if (prepare(&Benches[column], row) != 0) {
                fprintf(stderr, "%s cannot prepare %s\n", COLUMN_NAME[column], row->label);
                exit(1);
            }
            counts[column] = calibrate(column, row);
        }
    }
    for (int round = 0; round < Rounds; round++) {
        for (int turn = 0; turn < COLUMNS; turn++) {
            int column = (round + turn) % COLUMNS;
            Rate[column][round] = counts[column] == 0 ? 0 : (double)counts[column] / slice(column, row, counts[column]);
        }
    }
}

static int compare(const void *left, const void *right)
{
    double l = *(const double *)left, r = *(const double *)right;
    return (l > r) - (l < r);
}

/* `part` of 0.5: the median. */
static double quantile(const double *values, double part)
{
    double sorted[MAX_ROUNDS];
    memcpy(sorted, values, (size_t)Rounds * sizeof *values);
    qsort(sorted, (size_t)Rounds, sizeof *sorted, compare);
    return sorted[(int)(part * (Rounds - 1))];
}

struct ratio {
    double low, median, high; /* quartiles; 0: one of the two is absent */
};

static struct ratio ratio(int column, int to)
{
    double ratios[MAX_ROUNDS];
    if (Rate[column][0] == 0 || Rate[to][0] == 0) {
        return (struct ratio){0, 0, 0};
    }
    for (int round = 0; round < Rounds; round++) {
        ratios[round] = Rate[column][round] / Rate[to][round];
    }
    return (struct ratio){quantile(ratios, 0.25), quantile(ratios, 0.5), quantile(ratios, 0.75)};
}

/* The feature aws-lc leaves hashes and CMAC to ring and RustCrypto. */
static int engine_with_aws_lc(const struct row *row)
{
    return row->operation == CMAC || row->operation == SHA256 ? ENGINE_RING : ENGINE_AWS_LC;
}

static void print_rate(double rate, size_t length)
{
    if (rate == 0) {
        printf(" %11s |", "-");
    } else if (length >= 1024) {
        printf(" %6.*f MB/s |", rate * (double)length < 1e8 ? 1 : 0, rate * (double)length / 1e6);
    } else if (rate >= 1e6) {
        printf(" %7.2f M/s |", rate / 1e6);
    } else {
        printf(" %9.0f/s |", rate);
    }
}

static void print_ratio(struct ratio ratio)
{
    if (ratio.median == 0) {
        printf(" %6s |", "-");
    } else {
        printf(" %6.2f |", ratio.median);
    }
}

static void print_head(void)
{
    printf("\n| %-35s |", "operation");
    for (int column = 0; column < COLUMNS; column++) {
        printf(" %11.11s |", COLUMN_NAME[column]);
    }
    printf(" ring/O | aws/O  | ring/e | aws/e  |\n|%.37s|", "------------------------------------------");
    for (int column = 0; column < COLUMNS; column++) {
        printf("%.12s:|", "---------------");
    }
    printf("-------:|-------:|-------:|-------:|\n");
}

/* With the length, where it differs between rows. */
static const char *full_label(const struct row *row)
{
    static char label[64];
    if (row->operation <= AGREE_PARSED) {
        return row->label;
    }
    if (row->length >= 1024) {
        snprintf(label, sizeof label, "%s, %zu KiB", row->label, row->length / 1024);
    } else {
        snprintf(label, sizeof label, "%s, %zu B", row->label, row->length);
    }
    return label;
}

static void print_row(const struct row *row)
{
    printf("| %-35s |", full_label(row));
    for (int column = 0; column < COLUMNS; column++) {
        print_rate(quantile(Rate[column], 0.5), row->operation > AGREE_PARSED ? row->length : 0);
    }
    print_ratio(ratio(OURS_RING, OPENSSL));
    print_ratio(ratio(OURS_AWS_LC, OPENSSL));
    print_ratio(ratio(OURS_RING, ENGINE_RING));
    print_ratio(ratio(OURS_AWS_LC, engine_with_aws_lc(row)));
    printf("\n");
    fflush(stdout);
}

/* A goal of issue 3, checked after the table. */
struct goal {
    char what[96];
    struct ratio ratio;
    double least;
};
static struct goal Goals[2 * ROW_COUNT];
static int GoalCount;

static void note_goal(const struct row *row, int column, int to, double least)
{
    struct goal *goal = &Goals[GoalCount++];
    snprintf(goal->what, sizeof goal->what, "%s: %s / %s", full_label(row), COLUMN_NAME[column], COLUMN_NAME[to]);
    goal->ratio = ratio(column, to);
    goal->least = least;
}

static void note_goals(const struct row *row)
{
    if (row->operation == VERIFY && row->variant == P256) {
        note_goal(row, OURS_RING, OPENSSL, 1.1);
        note_goal(row, OURS_AWS_LC, OPENSSL, 1.1);
    } else if (row->operation <= AGREE && row->variant != P256) {
        note_goal(row, OURS_AWS_LC, OPENSSL, 1.3);
    } else if (row->operation > AGREE_PARSED && row->operation != SEAL_NEW_NONCE && row->length >= 1024) {
        note_goal(row, OURS_RING, ENGINE_RING, 0.95);
        note_goal(row, OURS_AWS_LC, engine_with_aws_lc(row), 0.95);
    }
}

static void print_goals(void)
{
    int met = 0;
    printf("\nGoals (median of %d rounds, quartiles):\n", Rounds);
    for (int index = 0; index < GoalCount; index++) {
        const struct goal *goal = &Goals[index];
        int holds = goal->ratio.median >= goal->least;
        const char *verdict = goal->ratio.median == 0 ? "not measured" : holds ? "met" : "MISSED";
        printf("  %-64s %6.3f (%.3f to %.3f), goal %.2f: %s\n", goal->what, goal->ratio.median, goal->ratio.low, goal->ratio.high,
               goal->least, verdict);
        met += holds;
    }
    printf("%d of %d goals met\n", met, GoalCount);
}

static void load(const char *argument)
{
    const char *file = strchr(argument, '=');
    for (int column = 0; file != NULL && column < COLUMNS; column++) {
        size_t length = strlen(COLUMN_NAME[column]);
        if ((size_t)(file - argument) == length && strncmp(argument, COLUMN_NAME[column], length) == 0) {
            void *object = dlopen(file + 1, RTLD_NOW | RTLD_LOCAL);
            const struct peer *peer = object == NULL ? NULL : dlsym(object, PEER_SYMBOL);
            if (peer == NULL || peer->start(&MATERIAL) != 0) {
                fprintf(stderr, "%s does not start: %s\n", argument, object == NULL || peer == NULL ? dlerror() : "keys refused");
                exit(1);
            }
            Benches[column].peer = peer;
            Benches[column].material = &MATERIAL;
            printf("%-14s %s\n", COLUMN_NAME[column], peer->version());
            return;
        }
    }
    fprintf(stderr, "`%s` is not COLUMN=FILE\n", argument);
    exit(2);
}

int main(int argc, char **argv)
{
    const char *only = "";
    for (int index = 1; index < argc; index++) {
        if (strcmp(argv[index], "--smoke") == 0) {
            Rounds = 3;
            Slice = 0.001;
        } else if (strcmp(argv[index], "--only") == 0 && index + 1 < argc) {
            only = argv[++index];
        } else {
            load(argv[index]);
        }
    }
    for (int column = 0; column < COLUMNS; column++) {
        for (size_t index = 0; index < BIG; index++) {
            Benches[column].text[index] = (uint8_t)(index * 7);
        }
    }
    printf("%d checks between peers passed\n", check_between_peers(Benches, ROWS, ROW_COUNT));
    print_head();
    for (size_t index = 0; index < ROW_COUNT; index++) {
        if (strstr(full_label(&ROWS[index]), only) != NULL) {
            measure(&ROWS[index]);
            print_row(&ROWS[index]);
            note_goals(&ROWS[index]);
        }
    }
    print_goals();
    return 0;
}
