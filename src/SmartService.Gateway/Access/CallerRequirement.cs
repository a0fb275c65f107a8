using Microsoft.AspNetCore.Authorization;

namespace SmartService.Gateway.Access;

/// <summary>What a policy asks of the caller; null stands for nobody known.</summary>
internal sealed class CallerRequirement(Func<Caller?, HttpContext, bool> isMet) : IAuthorizationRequirement
{
    public bool IsMetBy(Caller? caller, HttpContext context) => isMet(caller, context);
}
