using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace SmartService.Gateway.Access;

/// <summary>
/// Holds callers against the policy of a route. In the place of the general evaluator, which makes a context, a set and a list for each
/// request. A requirement it does not know is not met.
/// </summary>
internal sealed class CallerPolicies : IPolicyEvaluator
{
    private static readonly Task<AuthenticateResult> Known = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly Task<PolicyAuthorizationResult> Success = Task.FromResult(PolicyAuthorizationResult.Success());
    private static readonly Task<PolicyAuthorizationResult> Forbid = Task.FromResult(PolicyAuthorizationResult.Forbid());
    private static readonly Task<PolicyAuthorizationResult> Challenge = Task.FromResult(PolicyAuthorizationResult.Challenge());

    /// <summary>Nothing is left to do: <see cref="CallerMiddleware"/> has found the caller.</summary>
    public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) => Known;

    public Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(context);
        var caller = context.User as Caller;
        for (var i = 0; i < policy.Requirements.Count; i++)
        {
            if (policy.Requirements[i] is not CallerRequirement requirement || !requirement.IsMetBy(caller, context))
            {
                return caller is null ? Challenge : Forbid;
            }
        }

        return Success;
    }
}
