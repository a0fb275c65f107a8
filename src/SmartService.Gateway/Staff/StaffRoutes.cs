using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Limits;
using SmartService.Gateway.Merchants;

namespace SmartService.Gateway.Staff;

/// <summary>What support staff and the console call.</summary>
internal static class StaffRoutes
{
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/v1").RequireAuthorization(Policies.Staff).WithMetadata(new BodyLimit(BodySize.Normal));
        MapItems(staff.MapGroup("/knowledge").WithTags("Knowledge"));
        MapReview(staff.MapGroup("/knowledge").WithTags("Review"));
        MapQuestions(staff.MapGroup("/questions").WithTags("Questions"));
        staff.MapGet("/questions.csv", QuestionExport.ExportAsync).Needs(Permission.QuestionsRead).WithTags("Questions").WithSummary("The log as CSV")
            .Produces(200, contentType: "text/csv");

        staff.MapGet("/customers", CustomersEndpoints.ListAsync).Needs(Permission.CustomersRead).WithTags("Customers").WithSummary("Customers, last seen first");
        staff.MapGet("/customers/{customer}", CustomersEndpoints.ReadAsync).Needs(Permission.CustomersRead).WithTags("Customers").WithSummary("What is known of a customer");
        staff.MapGet("/customers/{customer}/timeline", CustomersEndpoints.TimelineAsync).Needs(Permission.CustomersRead).WithTags("Customers").WithSummary("What happened, newest first");
        MapLearning(routes, staff.MapGroup("/learning").WithTags("Learning"));
        MapConversations(staff.MapGroup("/conversations").WithTags("Conversations"));
        staff.MapGet("/figures", FiguresEndpoints.ReadAsync).Needs(Permission.FiguresRead).WithTags("Figures").WithSummary("Counts and the popup funnel");
        staff.MapGet("/popups/lift", PopupLiftEndpoints.ReadAsync).Needs(Permission.FiguresRead).WithTags("Figures").WithSummary("What popups spare shoppers, against the holdout group");
    }

    private static void MapItems(IEndpointRouteBuilder knowledge)
    {
        knowledge.MapGet("/items", ItemEndpoints.ListAsync).Needs(Permission.KnowledgeRead).WithSummary("Questions and answers");
        knowledge.MapGet("/items/{item}", ItemEndpoints.ReadAsync).Needs(Permission.KnowledgeRead).WithSummary("An item with its versions");
        knowledge.MapPut("/items/{item}", ItemEndpoints.SaveAsync).Needs(Permission.KnowledgeWrite).Audited("item.save", "item").WithSummary("Creates or changes an item; live at once");
        knowledge.MapDelete("/items/{item}", ItemEndpoints.RetireAsync).Needs(Permission.KnowledgeWrite).Audited("item.retire", "item").WithSummary("Retires an item");
        knowledge.MapGet("/synonyms", VocabularyEndpoints.ReadAsync).Needs(Permission.KnowledgeRead).WithSummary("Synonyms and names of products");
        knowledge.MapPut("/synonyms", VocabularyEndpoints.ChangeAsync).Needs(Permission.KnowledgeWrite).Audited("synonyms.change").WithSummary("Replaces synonyms and names of products; live at once");
        knowledge.MapPost("/import", KnowledgeFileEndpoints.ImportAsync).Needs(Permission.KnowledgeWrite).Audited("knowledge.import").WithMetadata(new BodyLimit(BodySize.File), new FileBody("text/csv", "application/json", "application/x-ndjson"))
            .WithSummary("Imports a file, all or nothing");
        knowledge.MapGet("/export", KnowledgeFileEndpoints.ExportAsync).Needs(Permission.KnowledgeRead).WithSummary("Live items as a file").Produces(200, contentType: "application/json");
        knowledge.MapPost("/rehearse", RehearseEndpoints.RehearseAsync).Needs(Permission.KnowledgeRead).NotAudited("changes nothing; the first one is noted").WithSummary("What the bot would answer; nothing is written");
    }

    private static void MapReview(IEndpointRouteBuilder knowledge)
    {
        knowledge.MapGet("/candidates", CandidateEndpoints.ListAsync).Needs(Permission.KnowledgeRead).WithSummary("Questions awaiting a person");
        knowledge.MapPost("/candidates", CandidateEndpoints.ProposeAsync).Needs(Permission.KnowledgeWrite).Audited("candidate.propose").WithSummary("Proposes a question by hand");
        knowledge.MapPost("/candidates/collect", CandidateEndpoints.CollectAsync).Needs(Permission.KnowledgeWrite).Audited("candidate.collect").WithSummary("Proposes unanswered clusters");
        knowledge.MapPut("/candidates/{candidate}", CandidateEndpoints.ConfirmAsync).Needs(Permission.KnowledgeWrite).Audited("candidate.confirm", "candidate").WithSummary("Confirms a candidate with its answer");
        knowledge.MapDelete("/candidates/{candidate}", CandidateEndpoints.DismissAsync).Needs(Permission.KnowledgeWrite).Audited("candidate.dismiss", "candidate").WithSummary("Dismisses a candidate");
        knowledge.MapGet("/releases", ReleaseEndpoints.ListAsync).Needs(Permission.KnowledgeRead).WithSummary("Releases, newest first");
        knowledge.MapPost("/releases", ReleaseEndpoints.BuildAsync).Needs(Permission.KnowledgeWrite).Audited("release.build").WithSummary("Builds a release from confirmed candidates");
        knowledge.MapGet("/releases/{release}", ReleaseEndpoints.ReadAsync).Needs(Permission.KnowledgeRead).WithSummary("A release with its diff");
        knowledge.MapDelete("/releases/{release}", ReleaseEndpoints.DiscardAsync).Needs(Permission.KnowledgeWrite).Audited("release.discard", "release").WithSummary("Discards a release");
        knowledge.MapPost("/releases/{release}/replay", ReleaseEndpoints.ReplayAsync).Needs(Permission.KnowledgeWrite).Audited("release.replay", "release").WithSummary("Replays it over logged questions");
        knowledge.MapPost("/releases/{release}/approve", ReleaseEndpoints.ApproveAsync).Needs(Permission.KnowledgeWrite).Audited("release.approve", "release").WithSummary("Approves it");
        knowledge.MapPost("/releases/{release}/live", ReleaseEndpoints.GoLiveAsync).Needs(Permission.KnowledgeWrite).Audited("release.live", "release").WithSummary("Makes it live");
        knowledge.MapPost("/releases/{release}/rollback", ReleaseEndpoints.RollBackAsync).Needs(Permission.KnowledgeWrite).Audited("release.rollback", "release").WithSummary("Rolls it back");
    }

    private static void MapQuestions(IEndpointRouteBuilder questions)
    {
        questions.MapGet("", QuestionEndpoints.SearchAsync).Needs(Permission.QuestionsRead).WithSummary("The log of questions and answers");
        questions.MapGet("/clusters", QuestionEndpoints.ClustersAsync).Needs(Permission.QuestionsRead).WithSummary("Unanswered questions, grouped");
        questions.MapPut("/{conversation}/{number:int}/intent", LearningEndpoints.TeachAsync).Needs(Permission.KnowledgeWrite).Audited("question.teach", "conversation").WithSummary("Says what a logged question meant");
        questions.MapPost("/{conversation}/{number:int}/correction", QuestionEndpoints.CorrectAsync).Needs(Permission.KnowledgeWrite).Audited("question.correct", "conversation").WithSummary("Gives the right answer to a logged question");
    }

    /// <summary>Reading is for staff; what costs CPU or changes how messages are read needs the secret key.</summary>
    private static void MapLearning(IEndpointRouteBuilder routes, IEndpointRouteBuilder learning)
    {
        learning.MapGet("", LearningEndpoints.ReadAsync).Needs(Permission.LearningRead).WithSummary("The store's own model");
        learning.MapGet("/reports", LearningEndpoints.ReportsAsync).Needs(Permission.LearningRead).WithSummary("Reports of trainings, newest first");
        learning.MapGet("/reports/{run}", LearningEndpoints.ReportAsync).Needs(Permission.LearningRead).WithSummary("A report with its changed examples");
        learning.MapGet("/runs/{run}", LearningEndpoints.ReadRunAsync).Needs(Permission.LearningRead).WithSummary("A training as it stands");

        var secret = routes.MapGroup("/v1/learning").RequireAuthorization(Policies.Secret).WithMetadata(new BodyLimit(BodySize.Normal)).WithTags("Learning");
        secret.MapPost("/runs", LearningEndpoints.Start).Needs(Permission.LearningWrite).Audited("learning.run").WithSummary("Queues a training");
        secret.MapPost("/rollback", LearningEndpoints.RollBackAsync).Needs(Permission.LearningWrite).Audited("learning.rollback").WithSummary("Brings back the model that was live before");
        secret.MapDelete("", LearningEndpoints.ForgetAsync).Needs(Permission.LearningWrite).Audited("learning.forget").WithSummary("Forgets models, reports and what was taught");

        var admin = routes.MapGroup("/v1/tenants/{tenant}/learning").RequireAuthorization(Policies.Admin).WithMetadata(new BodyLimit(BodySize.Normal)).WithTags("Administration");
        admin.MapPost("/runs", LearningEndpoints.StartForAsync).WithSummary("Queues a training for a store");
        admin.MapGet("/runs/{run}", LearningEndpoints.ReadRunForAsync).WithSummary("A store's training as it stands");
        admin.MapPost("/rollback", LearningEndpoints.RollBackForAsync).WithSummary("Brings back a store's former model");
    }

    private static void MapConversations(IEndpointRouteBuilder conversations)
    {
        conversations.MapGet("", DeskEndpoints.ListAsync).Needs(Permission.ConversationsRead).WithSummary("Conversations, last active first");
        conversations.MapGet("/{conversation}", DeskEndpoints.ReadAsync).Needs(Permission.ConversationsRead).WithSummary("A transcript");
        conversations.MapPost("/{conversation}/join", DeskEndpoints.JoinAsync).Needs(Permission.ConversationsWrite).Audited("conversation.join", "conversation").WithSummary("A person takes the conversation");
        conversations.MapPost("/{conversation}/messages", DeskEndpoints.ReplyAsync).Needs(Permission.ConversationsWrite).NotAudited("the transcript says who wrote").WithSummary("A person writes");
        conversations.MapPost("/{conversation}/give-back", DeskEndpoints.GiveBackAsync).Needs(Permission.ConversationsWrite).Audited("conversation.give_back", "conversation").WithSummary("Gives the conversation back to the bot");
        conversations.MapPost("/{conversation}/typing", DeskEndpoints.TypingAsync).Needs(Permission.ConversationsWrite).NotAudited("changes nothing").WithSummary("A person types, or stopped");
        conversations.MapPost("/{conversation}/read", DeskEndpoints.MarkReadAsync).Needs(Permission.ConversationsWrite).NotAudited("a mark of reading").WithSummary("A person has read up to a message");
    }
}
