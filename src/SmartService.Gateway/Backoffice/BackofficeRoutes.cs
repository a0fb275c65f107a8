using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Backoffice;

/// <summary>What only the merchant's console calls: members, their sessions, the audit log.</summary>
internal static class BackofficeRoutes
{
    public static void MapBackoffice(this IEndpointRouteBuilder routes)
    {
        MapOpen(routes.MapGroup("/v1").RequireAuthorization(Policies.Anyone).WithMetadata(new OpenRoute(), new BodyLimit(BodySize.Shopper)).WithTags("Session"));
        MapOwn(routes.MapGroup("/v1").RequireAuthorization(Policies.Member).WithMetadata(new BodyLimit(BodySize.Shopper)).WithTags("Session"));

        var staff = routes.MapGroup("/v1").RequireAuthorization(Policies.Staff).WithMetadata(new BodyLimit(BodySize.Normal));
        staff.MapGet("/session", SignInEndpoints.ReadAsync).Needs(Permission.Self).WithTags("Session").WithSummary("Who one is, where, and what one may");
        staff.MapGet("/roles", MemberEndpoints.Roles).Needs(Permission.Self).WithTags("Members").WithSummary("Roles and their permissions");

        MapDesk(staff, routes.MapGroup("/v1").RequireAuthorization(Policies.Member).WithMetadata(new BodyLimit(BodySize.Shopper)));
        MapFigures(staff.MapGroup("/figures").WithTags("Figures"));

        var secret = routes.MapGroup("/v1").RequireAuthorization(Policies.Secret).WithMetadata(new BodyLimit(BodySize.Normal));
        MapMembers(secret);
        MapAudit(secret);
        MapShopData(secret);
        staff.MapPost("/knowledge/parse", ParseEndpoints.Parse).Needs(Permission.KnowledgeWrite).NotAudited("changes nothing")
            .WithMetadata(new BodyLimit(BodySize.File)).WithTags("Knowledge").WithSummary("Finds questions and answers in a pasted page");
        MapWebhooks(secret.MapGroup("/tenant/webhooks").WithTags("Webhooks"));
    }

    private static void MapOpen(IEndpointRouteBuilder open)
    {
        open.MapPost("/session", SignInEndpoints.SignInAsync).NotAudited("writes its own record").WithSummary("Signs in");
        open.MapPost("/links/open", LinkEndpoints.OpenAsync).NotAudited("changes nothing").WithSummary("What a link is for");
        open.MapPost("/links/redeem", LinkEndpoints.RedeemAsync).NotAudited("writes its own record").WithSummary("Uses a link: joins a store, or sets a new password");
    }

    private static void MapOwn(IEndpointRouteBuilder own)
    {
        own.MapDelete("/session", SignInEndpoints.SignOutAsync).Audited("session.end").WithSummary("Signs out");
        own.MapPut("/session/tenant", SignInEndpoints.MoveAsync).Audited("session.move").WithSummary("Goes to another store of the member");
        own.MapGet("/sessions", SignInEndpoints.ListAsync).WithSummary("The member's own sessions");
        own.MapDelete("/sessions", SignInEndpoints.EndOthersAsync).Audited("session.revoke_others").WithSummary("Ends all other sessions");
        own.MapDelete("/sessions/{session}", SignInEndpoints.EndAsync).Audited("session.revoke", "session").WithSummary("Ends a session");
        own.MapPut("/me", MeEndpoints.DescribeAsync).Audited("me.change").WithSummary("Name and language");
        own.MapPut("/me/password", MeEndpoints.ChangePasswordAsync).Audited("me.password").WithSummary("Changes the password; other sessions end");
        own.MapPost("/me/second-factor", MeEndpoints.BeginSecondFactorAsync).Audited("me.second_factor_key").WithSummary("A key for an app; on once a code is shown");
        own.MapPut("/me/second-factor", MeEndpoints.TurnSecondFactorOnAsync).Audited("me.second_factor_on").WithSummary("Turns the second factor on");
        own.MapDelete("/me/second-factor", MeEndpoints.TurnSecondFactorOffAsync).Audited("me.second_factor_off").WithSummary("Turns the second factor off");
        own.MapPost("/me/recovery-codes", MeEndpoints.RenewCodesAsync).Audited("me.recovery_codes").WithSummary("New recovery codes, shown once");
    }

    private static void MapDesk(IEndpointRouteBuilder staff, IEndpointRouteBuilder own)
    {
        staff.MapGet("/staff/live", LiveEndpoints.ReadAsync).Needs(Permission.CustomersRead).WithTags("Staff").WithSummary("Shoppers now in the store");
        var desk = staff.MapGroup("/conversations/{conversation}").WithTags("Conversations");
        desk.MapPost("/notes", DeskNotesEndpoints.NoteAsync).Needs(Permission.ConversationsWrite).NotAudited("the conversation says who noted").WithSummary("Notes something for staff");
        desk.MapPut("/assignee", DeskNotesEndpoints.AssignAsync).Needs(Permission.ConversationsWrite).Audited("conversation.assign", "conversation").WithSummary("Says whose it is");
        desk.MapPost("/presence", DeskNotesEndpoints.BeatAsync).Needs(Permission.ConversationsRead).NotAudited("changes nothing").WithSummary("Looks at it, or types");
        own.MapPut("/conversations/{conversation}/seen", DeskNotesEndpoints.SeenAsync).Needs(Permission.ConversationsRead).NotAudited("a mark of reading")
            .WithTags("Conversations").WithSummary("How far the member has read");
        own.MapGet("/conversations/unread", DeskNotesEndpoints.UnreadAsync).Needs(Permission.ConversationsRead).WithTags("Conversations").WithSummary("What the member has not read");

        var canned = staff.MapGroup("/canned").WithTags("Canned answers");
        canned.MapGet("", CannedEndpoints.ListAsync).Needs(Permission.CannedRead).WithSummary("Ready answers");
        canned.MapPut("/{canned}", CannedEndpoints.SaveAsync).Needs(Permission.CannedWrite).Audited("canned.save", "canned").WithSummary("Makes or changes one");
        canned.MapDelete("/{canned}", CannedEndpoints.RemoveAsync).Needs(Permission.CannedWrite).Audited("canned.remove", "canned").WithSummary("Removes one");
    }

    private static void MapFigures(IEndpointRouteBuilder figures)
    {
        figures.MapGet("/series", SeriesEndpoints.SeriesAsync).Needs(Permission.FiguresRead).WithSummary("Counts by day or hour");
        figures.MapGet("/series.csv", SeriesEndpoints.CsvAsync).Needs(Permission.FiguresRead).WithSummary("The points as CSV").Produces(200, contentType: "text/csv");
        figures.MapGet("/response-times", SeriesEndpoints.ResponsesAsync).Needs(Permission.FiguresRead).WithSummary("How long shoppers wait");
        figures.MapGet("/predictions", SeriesEndpoints.ForesightAsync).Needs(Permission.FiguresRead).WithSummary("How often the forecast had the question");
        figures.MapGet("/intents", SeriesEndpoints.IntentsAsync).Needs(Permission.FiguresRead).WithSummary("What is asked, what rises, what goes unanswered");
    }

    private static void MapMembers(IEndpointRouteBuilder routes)
    {
        var members = routes.MapGroup("/members").WithTags("Members");
        members.MapGet("", MemberEndpoints.ListAsync).Needs(Permission.MembersRead).WithSummary("Members of the store");
        members.MapPut("/{member}", MemberEndpoints.ChangeRoleAsync).Needs(Permission.MembersManage).Audited("member.role", "member").WithSummary("Changes a role");
        members.MapDelete("/{member}", MemberEndpoints.RemoveAsync).Needs(Permission.MembersManage).Audited("member.remove", "member").WithSummary("Takes a member out of the store");
        members.MapPost("/{member}/unlock", MemberEndpoints.UnlockAsync).Needs(Permission.MembersManage).Audited("member.unlock", "member").WithSummary("Forgives failed tries");
        members.MapPost("/{member}/reset", MemberEndpoints.ResetAsync).Needs(Permission.MembersManage).Audited("member.reset", "member").WithSummary("A link for a new password");

        var invitations = routes.MapGroup("/invitations").WithTags("Members");
        invitations.MapGet("", MemberEndpoints.ListInvitationsAsync).Needs(Permission.MembersRead).WithSummary("Open invitations");
        invitations.MapPost("", MemberEndpoints.InviteAsync).Needs(Permission.MembersManage).Audited("member.invite").WithSummary("Invites a person; the link is shown once");
        invitations.MapDelete("/{invitation}", MemberEndpoints.WithdrawAsync).Needs(Permission.MembersManage).Audited("member.withdraw", "invitation").WithSummary("Withdraws an invitation");
    }

    private static void MapShopData(IEndpointRouteBuilder secret)
    {
        secret.MapGet("/onboarding", OnboardingEndpoints.ReadAsync).Needs(Permission.OnboardingRead).WithTags("Store").WithSummary("How far the store has come");
        secret.MapGet("/customers/{customer}/export", ExportEndpoints.ExportAsync).Needs(Permission.CustomersWrite).Audited("customer.export", "customer")
            .WithTags("Customers").WithSummary("All that is kept of a person").Produces(200, contentType: "application/json");
    }

    private static void MapWebhooks(IEndpointRouteBuilder webhooks)
    {
        webhooks.MapGet("", WebhookEndpoints.ListAsync).Needs(Permission.WebhooksManage).WithSummary("Webhooks of the store");
        webhooks.MapPost("", WebhookEndpoints.AddAsync).Needs(Permission.WebhooksManage).Audited("webhook.add").WithSummary("Adds a webhook; its secret is shown once");
        webhooks.MapPut("/{webhook}", WebhookEndpoints.ChangeAsync).Needs(Permission.WebhooksManage).Audited("webhook.change", "webhook").WithSummary("Changes a webhook");
        webhooks.MapDelete("/{webhook}", WebhookEndpoints.RemoveAsync).Needs(Permission.WebhooksManage).Audited("webhook.remove", "webhook").WithSummary("Removes a webhook");
        webhooks.MapPost("/{webhook}/test", WebhookEndpoints.TestAsync).Needs(Permission.WebhooksManage).Audited("webhook.test", "webhook").WithSummary("Sends a delivery at once");
        webhooks.MapGet("/{webhook}/deliveries", WebhookEndpoints.DeliveriesAsync).Needs(Permission.WebhooksManage).WithSummary("What was delivered, newest first");
    }

    private static void MapAudit(IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("").WithTags("Audit");
        audit.MapGet("/audit", AuditEndpoints.ListAsync).Needs(Permission.AuditRead).WithSummary("Who did what, newest first");
        audit.MapGet("/audit/verify", AuditEndpoints.VerifyAsync).Needs(Permission.AuditRead).WithSummary("Whether the chain of records is whole");
        audit.MapGet("/audit.csv", AuditEndpoints.CsvAsync).Needs(Permission.AuditRead).WithSummary("The log as CSV").Produces(200, contentType: "text/csv");
        audit.MapGet("/audit.jsonl", AuditEndpoints.JsonLinesAsync).Needs(Permission.AuditRead).WithSummary("The log as JSON lines").Produces(200, contentType: "application/x-ndjson");
    }
}
