package io.postern.auth.internal;

/** What the two alphabets of base64 have in common. */
final class Base64Digits {

    private Base64Digits() {}

    static int value(char c, char digit62, char digit63) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        if (c == digit62) {
            return 62;
        }
        return c == digit63 ? 63 : -1;
    }

    /** Returns whether digits without padding have a valid length and no unused bit set. */
    static boolean endsClean(String digits, char digit62, char digit63) {
        return endsClean(
                digits.length(), digits.isEmpty() ? 'A' : digits.charAt(digits.length() - 1), digit62, digit63);
    }

    /** Returns the same for a number of digits of which the last is known. */
    static boolean endsClean(int length, char last, char digit62, char digit63) {
        int unusedBits = switch (length % 4) {
            case 0 -> 0;
            case 2 -> 0b1111;
            case 3 -> 0b11;
            default -> -1;
        };
        if (unusedBits <= 0) {
            return unusedBits == 0;
        }
        return (value(last, digit62, digit63) & unusedBits) == 0;
    }
}
