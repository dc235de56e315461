package io.postern.conformance.replay;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Damages the text of a finished token. */
final class SpoiledText {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private SpoiledText() {}

    static String after(String step, String token) {
        String[] call = step.split(":", 2);
        String argument = call.length < 2 ? "" : call[1];
        return switch (call[0]) {
            case "append" -> token + argument;
            case "prepend" -> argument + token;
            case "insertHeader" -> inserted(token, 0, argument);
            case "insertSig" -> inserted(token, 2, argument);
            case "insertPayload" -> inserted(token, 1, argument);
            case "dropLastDot" -> token.replaceFirst("\\.([^.]*)$", "$1");
            case "flipSigBit" -> withSignature(token, flipped(signature(token), argument));
            case "truncSig" -> withSignature(token, Arrays.copyOf(signature(token), Integer.parseInt(argument)));
            case "appendSigByte" ->
                withSignature(token, joined(signature(token), HexFormat.of().parseHex(argument)));
            case "sigZeros" -> withSignature(token, new byte[signature(token).length]);
            case "sigToDer" ->
                withSignature(token, EcdsaSignature.of(signature(token)).toDer());
            case "sigPadP1363" ->
                withSignature(token, EcdsaSignature.of(signature(token)).padded(Integer.parseInt(argument)));
            case "ecdsaNegateS" ->
                withSignature(token, EcdsaSignature.of(signature(token)).negated());
            case "stdAlphabet" -> token.replace('-', '+').replace('_', '/');
            case "bumpUnusedBits" -> bumped(token);
            case "upper" -> token.toUpperCase(Locale.ROOT);
            case "reverseParts" -> reversed(token);
            case "urlencodeDots" -> token.replace(".", "%2E");
            default -> throw new CaseProblem("unknown damage: " + step);
        };
    }

    private static String inserted(String token, int part, String text) {
        String[] parts = token.split("\\.", -1);
        int middle = parts[part].length() / 2;
        parts[part] = parts[part].substring(0, middle) + text + parts[part].substring(middle);
        return String.join(".", parts);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] signature(String token) {
        return Jwt.decodeSegment(token.substring(token.lastIndexOf('.') + 1)).orElseThrow();
    }

    private static String withSignature(String token, byte[] signature) {
        return token.substring(0, token.lastIndexOf('.') + 1) + Jwt.encodeSegment(signature);
    }

    private static byte[] flipped(byte[] signature, String bit) {
        byte[] flipped = signature.clone();
        if (bit.equals("last")) {
            flipped[flipped.length - 1] ^= 1;
        } else {
            int index = Integer.parseInt(bit);
            flipped[index / Byte.SIZE] ^= (byte) (0x80 >> index % Byte.SIZE);
        }
        return flipped;
    }

    /** The last digit stands for more bits than the bytes have; another one decodes to the same bytes. */
    private static String bumped(String token) {
        int last = token.length() - 1;
        return token.substring(0, last) + DIGITS.charAt(DIGITS.indexOf(token.charAt(last)) + 1);
    }

    private static String reversed(String token) {
        String[] parts = token.split("\\.", -1);
        return parts[2] + "." + parts[1] + "." + parts[0];
    }
}
