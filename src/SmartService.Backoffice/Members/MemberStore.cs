using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace SmartService.Backoffice.Members;

/// <summary>Identity's store, but recovery codes are kept as hashes: whoever reads the file cannot use them.</summary>
public sealed class MemberStore(MembersContext context, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Member, MembersContext>(context, describer)
{
    public override Task ReplaceCodesAsync(Member user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return base.ReplaceCodesAsync(user, recoveryCodes.Select(code => Hash(user, code)), cancellationToken);
    }

    public override Task<bool> RedeemCodeAsync(Member user, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(code);
        return base.RedeemCodeAsync(user, Hash(user, code), cancellationToken);
    }

    private static string Hash(Member user, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id}:{code.Trim().ToUpperInvariant()}")));
}
