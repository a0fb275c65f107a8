namespace SmartService.Backoffice.Members;

/// <summary>Length and not being well known is what makes a password good (NIST SP 800-63B, section 5.1.1.2); classes of characters are not asked for.</summary>
public static class PasswordRules
{
    public const int Least = 10;
    public const int Most = 128;
    private const int LeastDifferent = 5;

    /// <summary>Often found in leaks, of ten characters or more; shorter ones are refused anyway.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "9876543210", "12345678910", "123456789a", "1q2w3e4r5t", "1qaz2wsx3edc", "q1w2e3r4t5", "qwertyuiop", "qwerty1234",
        "qwerty12345", "qwertyuiop123", "asdfghjkl1", "asdfghjkl;", "password12", "password123", "password1234", "passw0rd123", "p@ssword123", "p@ssw0rd123",
        "iloveyou12", "iloveyou123", "welcome123", "welcome1234", "letmein123", "administrator", "admin12345", "changeme123", "sunshine123", "princess123",
        "football123", "baseball123", "dragon12345", "monkey12345", "superman123", "abcdefghij", "abcd123456", "abc1234567", "a123456789", "aa12345678",
        "qazwsxedcrfv", "zxcvbnm123", "1234qwerasdf", "qwer1234asdf", "asdf1234qwer", "smartservice", "smartservice1", "correcthorsebatterystaple",
        "woaini1314", "woaini5201314", "5201314520", "1314520520", "tkfkdgody1", "dkssudgktpdy", "qlalfqjsgh",
    };

    /// <summary>What is wrong with it; null when it will do.</summary>
    public static string? Fault(string? password, string mail)
    {
        if (password is null || password.Length is < Least or > Most)
        {
            return $"{Least} to {Most} characters";
        }

        if (Common.Contains(password) || password.Distinct().Take(LeastDifferent).Count() < LeastDifferent)
        {
            return "not one that is easily guessed";
        }

        return password.Contains(mail, StringComparison.OrdinalIgnoreCase)
            || password.Equals(mail.Split('@')[0], StringComparison.OrdinalIgnoreCase)
                ? "not the mail address"
                : null;
    }
}
