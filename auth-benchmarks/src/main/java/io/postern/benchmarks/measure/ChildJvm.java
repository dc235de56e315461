package io.postern.benchmarks.measure;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with this class path, so that no case meets code that the JIT has compiled for another. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * Starts one.
     *
     * @param flags of the JVM
     * @param main the class
     * @param arguments of the class
     * @return its errors go to those of this process
     */
    public static Process start(List<String> flags, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }

    /** Runs one, and returns the lines that it printed. */
    public static List<String> run(List<String> flags, Class<?> main, List<String> arguments) throws Exception {
        Process process = start(flags, main, arguments);
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main.getSimpleName() + " " + arguments + " failed");
        }
        return lines;
    }
}
