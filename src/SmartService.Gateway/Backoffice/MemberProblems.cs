using SmartService.Backoffice.Members;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

/// <summary>What members and their links are refused with.</summary>
internal static class MemberProblems
{
    public static Problem Wrong { get; } = new(401, "wrong_credentials", "Mail, password or code is wrong", "Try again, or ask an owner for a link to set a new password.");

    public static Problem CodeNeeded { get; } = new(401, "second_factor_needed", "A code is needed", "Send \"code\" from the app, or \"recoveryCode\".");

    public static Problem NoStore { get; } = new(403, "no_store", "No store to enter", "This person belongs to no store, or not to this one. An owner's invitation helps.");

    public static Problem WrongPassword { get; } = new(403, "wrong_password", "The password is wrong", "Send the present password.");

    public static Problem WrongCode { get; } = new(400, "wrong_code", "The code is wrong", "Codes change every 30 seconds and work once; check the clock of the device.");

    public static Problem LinkGone { get; } = Problems.NotFound("No such link: it was used, has expired or was replaced");

    public static Problem Locked(TimeSpan wait) =>
        new(429, "locked", "Too many failed tries", "Wait as long as Retry-After says, or ask an owner to unlock.") { RetryAfter = wait };

    public static Problem Of(TeamFault fault) => fault switch
    {
        TeamFault.OwnersOnly => new(403, "owners_only", "Only an owner may do that", "Owners make and change owners."),
        TeamFault.LastOwner => new(409, "last_owner", "The last owner stays", "Make another owner first."),
        TeamFault.AlreadyMember => new(409, "already_member", "Already a member", "Change the role instead."),
        TeamFault.BelongsElsewhere => new(409, "belongs_elsewhere", "The member has other stores too", "Who operates this server can make the link: smart members reset."),
        _ => Problems.NotFound("No such member"),
    };
}
