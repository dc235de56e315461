package io.postern.auth.password;

/**
 * The cost parameters of argon2id; the bounds keep a stored hash from exhausting the memory (RFC 9106, section 3.1).
 *
 * @param memoryKib the memory in KiB
 * @param iterations the passes over the memory
 * @param parallelism the lanes
 */
record Argon2Cost(int memoryKib, int iterations, int parallelism) {

    private static final int MAX_MEMORY = 256 * 1024;
    private static final int MAX_ITERATIONS = 10;
    private static final int MAX_LANES = 8;
    private static final int MIN_MEMORY_PER_LANE = 8;

    /** Validates the components. */
    Argon2Cost {
        if (!isWithinBounds(memoryKib, iterations, parallelism)) {
            throw new IllegalArgumentException(
                    "argon2id takes 8 KiB a lane to 262144 KiB, 1 to 10 iterations and 1 to 8 lanes, not m=" + memoryKib
                            + ", t=" + iterations + ", p=" + parallelism);
        }
    }

    static boolean isWithinBounds(int memoryKib, int iterations, int parallelism) {
        return parallelism >= 1
                && parallelism <= MAX_LANES
                && iterations >= 1
                && iterations <= MAX_ITERATIONS
                && memoryKib >= MIN_MEMORY_PER_LANE * parallelism
                && memoryKib <= MAX_MEMORY;
    }

    /** Returns whether this is less work, or the same work in less memory, which is what makes guessing on GPUs expensive. */
    boolean isWeakerThan(Argon2Cost other) {
        int missing = missingTo(other);
        return missing > 0 || (missing == 0 && memoryKib < other.memoryKib);
    }

    /** Returns by how much the work of the other, memory times passes in KiB, exceeds that of this; may be negative. */
    int missingTo(Argon2Cost other) {
        return other.memoryKib * other.iterations - memoryKib * iterations;
    }

    /** Returns the one with more work. */
    Argon2Cost max(Argon2Cost other) {
        return missingTo(other) > 0 ? other : this;
    }

    /** Returns a cost of about the given work, memory times passes in KiB, that takes no more memory than this. */
    Argon2Cost withWork(int work) {
        int memory = Math.max(work / iterations, MIN_MEMORY_PER_LANE * parallelism);
        return new Argon2Cost(memory, iterations, parallelism);
    }
}
