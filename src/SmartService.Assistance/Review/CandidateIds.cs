using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartService.Domain;

namespace SmartService.Assistance.Review;

/// <summary>Ids of candidates made from logged questions: the same question gives the same id.</summary>
internal static class CandidateIds
{
    public static string Of(string kind, ConversationId conversation, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{conversation.Value}#{number}");
        return kind + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
    }
}
