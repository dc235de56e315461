package io.postern.auth.password;

/**
 * What argon2id may cost; the bounds keep a stored text from exhausting the memory (RFC 9106, section 3.1).
 *
 * @param memoryKib the memory in KiB
 * @param iterations the passes over it
 * @param parallelism the lanes
 */
record Argon2Cost(int memoryKib, int iterations, int parallelism) {

    private static final int MOST_MEMORY = 256 * 1024;
    private static final int MOST_ITERATIONS = 10;
    private static final int MOST_LANES = 8;
    private static final int LEAST_MEMORY_OF_LANE = 8;

    Argon2Cost {
        if (!isWithinBounds(memoryKib, iterations, parallelism)) {
            throw new IllegalArgumentException(
                    "argon2id takes 8 KiB a lane to 262144 KiB, 1 to 10 iterations and 1 to 8 lanes, not m=" + memoryKib
                            + ", t=" + iterations + ", p=" + parallelism);
        }
    }

    static boolean isWithinBounds(int memoryKib, int iterations, int parallelism) {
        return parallelism >= 1
                && parallelism <= MOST_LANES
                && iterations >= 1
                && iterations <= MOST_ITERATIONS
                && memoryKib >= LEAST_MEMORY_OF_LANE * parallelism
                && memoryKib <= MOST_MEMORY;
    }

    /** Less work, or as much of it in less memory, which is what makes guessing by graphics cards dear. */
    boolean isWeakerThan(Argon2Cost other) {
        int missing = missingTo(other);
        return missing > 0 || (missing == 0 && memoryKib < other.memoryKib);
    }

    /** The work in KiB that one computation of this cost spares compared with one of the other; may be negative. */
    int missingTo(Argon2Cost other) {
        return other.memoryKib * other.iterations - memoryKib * iterations;
    }

    /** The other if it is more work, else this. */
    Argon2Cost orDearer(Argon2Cost other) {
        return missingTo(other) > 0 ? other : this;
    }

    /** A cost of about so much work in KiB, memory times passes, that never takes more memory than this. */
    Argon2Cost withWork(int work) {
        int memory = Math.max(work / iterations, LEAST_MEMORY_OF_LANE * parallelism);
        return new Argon2Cost(memory, iterations, parallelism);
    }
}
