using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Engine.Feeds;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Shoppers;
using static SmartService.Gateway.GatewayJson;

namespace SmartService.Gateway.Push;

/// <summary>The one place where domain events become stream events. Null: this audience is not told.</summary>
internal static class FrameMapper
{
    public static StreamEvent? ForShopper(in FeedFrame frame, DateTimeOffset now) => Map(frame, now, forStaff: false);

    public static StreamEvent? ForStaff(in FeedFrame frame, DateTimeOffset now) => Map(frame, now, forStaff: true);

    private static StreamEvent? Map(in FeedFrame frame, DateTimeOffset now, bool forStaff) => frame.Event switch
    {
        ConversationEvent e => MapConversation(frame.Entity.Id, e, forStaff),
        CustomerEvent e => MapCustomer(frame.Entity.Id, e, now, forStaff),
        _ => null,
    };

    private static StreamEvent? MapConversation(string id, ConversationEvent e, bool forStaff) => e switch
    {
        ConversationEvent.CustomerAsked m => Message(new(
            id, null, m.Number, MessageAuthor.Customer, m.Text, m.At, m.ClientId, null, null, m.Reading.Intent.Value, m.Reading.Confidence, null, [], [], null)),
        ConversationEvent.BotAnswered m => Message(new(
            id, ConversationMode.Bot, m.Number, MessageAuthor.Bot, m.Text, m.At, null, null, Replies(m.Replies), m.Intent.Value, m.Confidence,
            m.Source.ToView(), m.Actions.ToViews(), [], null)
        {
            Also = m.Also.IsDefaultOrEmpty ? null : m.Also.ToViews(),
        }),
        ConversationEvent.BotClarified m => Message(new(
            id, ConversationMode.Bot, m.Number, MessageAuthor.Bot, m.Text, m.At, null, null, Replies(m.Replies), null, null, null, [], m.Options.ToViews(), null)),
        ConversationEvent.HandedOff m => Message(new(
            id, ConversationMode.Human, m.Number, MessageAuthor.System, m.Text, m.At, null, null, Replies(m.Replies), null, null, null, [], [], m.Reason)
        {
            Contact = m.Contact,
        }),
        ConversationEvent.AgentReplied m => Message(new(
            id, ConversationMode.Human, m.Number, MessageAuthor.Agent, m.Text, m.At, m.ClientId, m.Agent, null, null, null, null, [], [], null)),
        ConversationEvent.AgentJoined m => StreamEvent.Of("mode", new ModeFrame(id, ConversationMode.Human, m.Agent), Default.ModeFrame),
        ConversationEvent.GivenBack => StreamEvent.Of("mode", new ModeFrame(id, ConversationMode.Bot, null), Default.ModeFrame),
        ConversationEvent.Read m => StreamEvent.Of("read", new ReadFrame(id, m.By, m.UpTo), Default.ReadFrame),
        ConversationEvent.AnswerRated m => StreamEvent.Of("rated", new RatedFrame(id, m.Number, m.Helpful, null), Default.RatedFrame),
        ConversationEvent.ConversationRated m => StreamEvent.Of("rated", new RatedFrame(id, null, null, m.Score), Default.RatedFrame),
        ConversationEvent.Closed => StreamEvent.Of("closed", new ClosedFrame(id), Default.ClosedFrame),
        ConversationEvent.Opened m when forStaff =>
            StreamEvent.Of("opened", new OpenedFrame(id, m.Customer.Value, m.Locale, m.Channel, m.At), Default.OpenedFrame),
        ConversationEvent.NoteAdded m when forStaff => StreamEvent.Of("note", new NoteFrame(id, m.NoteId, m.Author, m.Text, m.At), Default.NoteFrame),
        ConversationEvent.Assigned m when forStaff => StreamEvent.Of("assigned", new AssignedFrame(id, m.Member, m.Name, m.By), Default.AssignedFrame),
        ConversationEvent.Erased when forStaff => StreamEvent.Of("erased", new ErasedFrame(null, id), Default.ErasedFrame),
        _ => null,
    };

    private static StreamEvent? MapCustomer(string id, CustomerEvent e, DateTimeOffset now, bool forStaff) => e switch
    {
        CustomerEvent.PopupOffered p => Popup(p, forStaff ? id : null),
        CustomerEvent.PopupReported p =>
            StreamEvent.Of("popup-outcome", new PopupOutcomeFrame(p.Popup.Value, p.Outcome, forStaff ? id : null), Default.PopupOutcomeFrame),
        CustomerEvent.Erased => StreamEvent.Of("erased", new ErasedFrame(forStaff ? id : null, null), Default.ErasedFrame),
        _ => forStaff ? MapForStaff(id, e, now) : null,
    };

    private static StreamEvent? MapForStaff(string id, CustomerEvent e, DateTimeOffset now) => e switch
    {
        CustomerEvent.PopupWithheld p => StreamEvent.Of(
            "popup-withheld", new PopupWithheldFrame(p.Popup.Value, p.Topic.Value, p.Order?.Value, p.Cause, p.Probability, id, p.At), Default.PopupWithheldFrame),
        CustomerEvent.ForecastMade f => StreamEvent.Of(
            "forecast", new ForecastFrame(id, [.. f.Ranked.Select(ToView)], f.Order?.Value, f.Product, f.Model, f.At), Default.ForecastFrame),
        CustomerEvent.Visited v => Visit(id, v.Visit),
        CustomerEvent.OrderNoted o => StreamEvent.Of(
            "order", new OrderFrame(id, o.Order.Id.Value, o.Order.IsLate(now), o.Order.LooksLost(now), o.At), Default.OrderFrame),
        CustomerEvent.SuggestionChosen s =>
            StreamEvent.Of("suggestion", new SuggestionFrame(id, s.Topic.Value, s.Rank, s.At), Default.SuggestionFrame),
        _ => null,
    };

    private static StreamEvent Message(MessageFrame message) => StreamEvent.Of("message", message, Default.MessageFrame);

    private static StreamEvent Popup(CustomerEvent.PopupOffered p, string? customer)
    {
        var offer = p.Offer;
        return StreamEvent.Of(
            "popup",
            new PopupFrame(
                offer.Id.Value, offer.Topic.Value, offer.Order?.Value, offer.Product, offer.Title, offer.Why, offer.Cause, offer.Answer,
                offer.Actions.ToViews(), offer.Sources.ToViews(), p.At, customer, customer is null ? null : offer.Probability),
            Default.PopupFrame);
    }

    private static StreamEvent Visit(string id, PageVisit v) => StreamEvent.Of(
        "visit",
        new VisitFrame(id, v.Id, v.Session, v.Page, v.Subject, v.DwellSeconds, v.Price, v.Error == PageError.None ? null : v.Error, v.At),
        Default.VisitFrame);

    private static ForecastIntent ToView(IntentScore score) => new(score.Intent.Value, Math.Round(score.Probability, 4));

    private static int? Replies(int number) => number == 0 ? null : number;
}
