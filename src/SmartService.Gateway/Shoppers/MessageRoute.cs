using SmartService.Assistance;
using SmartService.Gateway.Access;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Shoppers;

/// <summary>
/// Calls <see cref="ConversationEndpoints.AskAsync"/>, from whose parameters the framework would make the same call: it looks up each service in a
/// scope made for the request, and puts body and answer into boxes. This route alone is called thousands of times a second.
/// </summary>
internal sealed class MessageRoute(IAssistant assistant, TenantDirectory tenants, RateLimits limits, TenantLines lines)
{
    public async Task AskAsync(HttpContext context)
    {
        var conversation = (string)context.Request.RouteValues["conversation"]!;
        var body = await Body<MessageRequest>.ReadAsync(context);
        var answer = await ConversationEndpoints.AskAsync(conversation, (Caller)context.User, body, assistant, tenants, limits, lines, context.RequestAborted);
        await answer.ExecuteAsync(context);
    }
}
