using System.Text;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>Damages files as a bad disk would.</summary>
internal static class Damaged
{
    /// <summary>Flips one bit of the first place where the text stands.</summary>
    public static void FlipIn(string file, string text)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        if (at < 0)
        {
            throw new InvalidOperationException($"'{text}' is not in {file}.");
        }

        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
