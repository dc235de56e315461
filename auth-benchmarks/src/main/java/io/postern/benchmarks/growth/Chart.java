package io.postern.benchmarks.growth;

import io.postern.benchmarks.measure.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a few lines over a few steps, readable on a light and on a dark page.
 *
 * @param title above it
 * @param unit of the values
 * @param steps below it, from left to right, as far apart as each other
 * @param lines each with a value for every step
 */
record Chart(String title, String unit, List<String> steps, List<Line> lines) {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 56;
    private static final int BOTTOM = 60;
    private static final String GREY = "#808890";
    private static final List<String> COLOURS = List.of("#2f81d0", "#d97a1f", "#3a9d5d", "#a25bc0");

    record Line(String name, List<Double> values) {}

    String svg() {
        double most = lines.stream()
                        .flatMap(line -> line.values().stream())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElseThrow()
                * 1.15;
        List<String> parts = new ArrayList<>();
        parts.add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" font-family=\"sans-serif\" font-size=\"12\" fill=\"" + GREY + "\">");
        parts.add("<title>" + escaped(title) + "</title>");
        parts.add(text(LEFT, 20, "start", title + " (" + unit + ")"));
        for (int i = 0; i <= 4; i++) {
            double value = most * i / 4;
            parts.add(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-opacity=\"0.35\"/>",
                    LEFT,
                    y(value, most),
                    WIDTH - RIGHT,
                    y(value, most),
                    GREY));
            parts.add(text(LEFT - 8, y(value, most) + 4, "end", i == 0 ? "0" : Numbers.of(value)));
        }
        for (int i = 0; i < steps.size(); i++) {
            parts.add(text(x(i), HEIGHT - BOTTOM + 20, "middle", steps.get(i)));
        }
        for (int i = 0; i < lines.size(); i++) {
            parts.addAll(drawn(lines.get(i), COLOURS.get(i % COLOURS.size()), LEFT + i * 150.0, most));
        }
        parts.add("</svg>");
        return String.join("\n", parts) + "\n";
    }

    private List<String> drawn(Line line, String colour, double legend, double most) {
        List<String> parts = new ArrayList<>();
        List<String> points = new ArrayList<>();
        for (int i = 0; i < line.values().size(); i++) {
            double value = line.values().get(i);
            points.add(String.format(Locale.ROOT, "%.1f,%.1f", x(i), y(value, most)));
            parts.add(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
                    x(i),
                    y(value, most),
                    colour));
            parts.add(coloured(x(i), y(value, most) - 8, "middle", Numbers.of(value), colour));
        }
        parts.add("<polyline points=\"" + String.join(" ", points) + "\" fill=\"none\" stroke=\"" + colour
                + "\" stroke-width=\"2\"/>");
        parts.add(String.format(
                Locale.ROOT, "<rect x=\"%.1f\" y=\"31\" width=\"10\" height=\"10\" fill=\"%s\"/>", legend, colour));
        parts.add(text(legend + 16, 40, "start", line.name()));
        return parts;
    }

    private static String text(double x, double y, String anchor, String value) {
        return coloured(x, y, anchor, value, GREY);
    }

    private static String coloured(double x, double y, String anchor, String value, String colour) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor,
                colour,
                escaped(value));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;");
    }

    private double x(int step) {
        double wide = WIDTH - LEFT - RIGHT - 60.0;
        return LEFT + 30 + (steps.size() == 1 ? wide / 2 : wide * step / (steps.size() - 1));
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP);
    }
}
