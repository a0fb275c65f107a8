using SmartService.Gateway.Access;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Shoppers;

/// <summary>Everything under /v1/shopper.</summary>
internal static class ShopperRoutes
{
    public static void MapShoppers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/shopper/sessions", SessionEndpoints.OpenAsync).RequireAuthorization(Policies.Publishable)
            .WithMetadata(new BodyLimit(BodySize.Shopper)).WithTags("Shopper").WithSummary("Opens or renews a shopper's session");

        var shopper = routes.MapGroup("/v1/shopper").RequireAuthorization(Policies.Shopper)
            .WithMetadata(new BodyLimit(BodySize.Shopper)).WithTags("Shopper");
        shopper.MapPost("/visits", VisitEndpoints.RecordAsync).WithMetadata(new TakesBeacons()).WithSummary("Page visits, also as a beacon");
        shopper.MapPost("/popups/{popup}", PopupEndpoints.ReportAsync).WithMetadata(new TakesBeacons()).WithSummary("What became of a popup");
        shopper.MapGet("/suggestions", SuggestionEndpoints.ListAsync).WithSummary("Questions this shopper may want to ask");
        shopper.MapPost("/suggestions/chosen", SuggestionEndpoints.ChooseAsync).WithSummary("The shopper picked a suggestion");

        var conversations = shopper.MapGroup("/conversations");
        conversations.MapGet("", ConversationEndpoints.ListAsync).WithSummary("This shopper's conversations");
        conversations.MapPut("/{conversation}", ConversationEndpoints.OpenAsync).WithSummary("Opens a conversation");
        conversations.MapGet("/{conversation}", ConversationEndpoints.ReadAsync).WithSummary("A conversation with its messages");
        var messages = routes.ServiceProvider.GetRequiredService<MessageRoute>();
        conversations.MapPost("/{conversation}/messages", ConversationEndpoints.AskAsync).WithMetadata(new NeedsAdmission()).WithSummary("Sends a message")
            .Add(route => route.RequestDelegate = messages.AskAsync);
        conversations.MapPost("/{conversation}/call-back", PeakEndpoints.LeaveAsync).WithSummary("Leaves a question to be answered later");
        conversations.MapPost("/{conversation}/person", ConversationEndpoints.RequestPersonAsync).WithSummary("Asks for a person");
        conversations.MapPost("/{conversation}/typing", ConversationMarks.TypingAsync).WithSummary("The shopper types, or stopped");
        conversations.MapPost("/{conversation}/read", ConversationMarks.ReadAsync).WithSummary("The shopper has read up to a message");
        conversations.MapPost("/{conversation}/answers/{number:int}/rating", ConversationMarks.RateAnswerAsync).WithSummary("Whether an answer helped");
        conversations.MapPost("/{conversation}/rating", ConversationMarks.RateAsync).WithSummary("Rates the conversation, 1 to 5");
        conversations.MapPost("/{conversation}/close", ConversationMarks.CloseAsync).WithSummary("Closes the conversation");
    }
}
