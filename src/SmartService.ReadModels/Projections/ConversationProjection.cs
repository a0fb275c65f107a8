using System.Text;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Texts;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

internal sealed class ConversationProjection(IReadModelTables tables)
{
    private const int LastTextLength = 200;

    public void Apply(JournalledEvent e, ConversationEvent happened)
    {
        var (tenant, id) = (e.Entity.Tenant.Value, e.Entity.Id);
        if (happened is ConversationEvent.Opened opened)
        {
            Open(e, opened);
        }

        var conversation = tables.Conversations.Find((tenant, id));
        if (happened is ConversationEvent.Erased)
        {
            Erase(tenant, id, conversation?.Customer);
            return;
        }

        if (conversation is null)
        {
            return; // Its customer was forgotten.
        }

        Change(conversation, happened, e.Position);
        tables.Conversations.Changed(conversation);
        if (happened is not (ConversationEvent.Read or ConversationEvent.NoteAdded) && !SaidInConversations.Holds(happened))
        {
            tables.Note(e, conversation.Customer);
        }
    }

    private void Open(JournalledEvent e, ConversationEvent.Opened opened)
    {
        var (tenant, id) = (e.Entity.Tenant.Value, e.Entity.Id);
        var customer = tables.Customer(tenant, opened.Customer.Value, e.At);
        if (customer.IsErased)
        {
            return;
        }

        customer.Conversations++;
        tables.Customers.Changed(customer);
        tables.Seen(customer, e.At);
        tables.Conversations.Add((tenant, id), new()
        {
            Tenant = tenant,
            Id = id,
            Customer = opened.Customer.Value,
            Locale = opened.Locale,
            IsOpen = true,
            OpenedAt = e.At.UtcTicks,
            LastAt = e.At.UtcTicks,
        });
    }

    private void Erase(string tenant, string id, string? owner)
    {
        tables.EraseConversation(tenant, id, owner);
        if (owner is not null && tables.Customers.Find((tenant, owner)) is { IsErased: false } customer)
        {
            customer.Conversations--;
            tables.Customers.Changed(customer);
        }
    }

    private void Change(ConversationEntry conversation, ConversationEvent happened, long position)
    {
        switch (happened)
        {
            case ConversationEvent.CustomerAsked asked:
                Say(conversation, asked.Number, asked.Text, asked.At);
                Ask(conversation, asked, position);
                break;
            case ConversationEvent.BotAnswered answered:
                Say(conversation, answered.Number, answered.Text, answered.At);
                Answer(conversation, answered);
                break;
            case ConversationEvent.BotClarified clarified:
                Say(conversation, clarified.Number, clarified.Text, clarified.At);
                AnsweredAt(Settle(conversation, clarified.Replies, clarified.Number, QuestionOutcome.Clarified, null), clarified.At);
                break;
            case ConversationEvent.HandedOff handedOff:
                // What was left to be answered says more in a list than that it will be.
                Say(conversation, handedOff.Number, handedOff.Reason == HandOffReason.CallBack ? conversation.LastText ?? "" : handedOff.Text, handedOff.At);
                Settle(conversation, handedOff.Replies, handedOff.Number, QuestionOutcome.HandedOff, handedOff.Reason);
                (conversation.Mode, conversation.WasHandedOff) = ((int)ConversationMode.Human, true);
                conversation.HandedOffAt ??= handedOff.At.UtcTicks;
                break;
            case ConversationEvent.AgentJoined joined:
                (conversation.Mode, conversation.Agent, conversation.WasHandedOff) = ((int)ConversationMode.Human, joined.Agent, true);
                break;
            case ConversationEvent.AgentReplied replied:
                Say(conversation, replied.Number, replied.Text, replied.At);
                conversation.Agent = replied.Agent;
                conversation.PersonAt ??= conversation.HandedOffAt is null ? null : replied.At.UtcTicks;
                AnswerByPerson(conversation, replied);
                break;
            case ConversationEvent.Assigned assigned:
                conversation.Assignee = assigned.Member;
                break;
            case ConversationEvent.GivenBack:
                (conversation.Mode, conversation.Agent) = ((int)ConversationMode.Bot, null);
                break;
            case ConversationEvent.AnswerRated rated:
                Rate(conversation, rated);
                break;
            case ConversationEvent.ConversationRated rated:
                conversation.Score = rated.Score;
                break;
            case ConversationEvent.Closed:
                conversation.IsOpen = false;
                break;
        }
    }

    private static void Say(ConversationEntry conversation, int number, string text, DateTimeOffset at)
    {
        conversation.Messages = Math.Max(conversation.Messages, number);
        conversation.LastText = text.Length <= LastTextLength ? text : string.Concat(text.AsSpan(0, LastTextLength - 1), "…");
        conversation.LastAt = Math.Max(conversation.LastAt, at.UtcTicks);
    }

    private void Ask(ConversationEntry conversation, ConversationEvent.CustomerAsked asked, long position)
    {
        tables.Seen(tables.Customer(conversation.Tenant, conversation.Customer, asked.At), asked.At);
        tables.Questions.Add((conversation.Tenant, conversation.Id, asked.Number), new()
        {
            Position = position,
            Tenant = conversation.Tenant,
            Conversation = conversation.Id,
            Number = asked.Number,
            Customer = conversation.Customer,
            At = asked.At.UtcTicks,
            Text = Composed(TextMask.Mask(asked.Text)),
            Language = asked.Reading.Language,
            Intent = asked.Reading.Intent.Value ?? "",
            Confidence = asked.Reading.Confidence,
            OutOfScope = asked.Reading.OutOfScope,
            Model = asked.Reading.Model,
            Outcome = (int)QuestionOutcome.Waiting,
            Foreseen = asked.Reading.Intent == Intents.OutOfScope ? null : tables.PlaceInForecast(conversation.Tenant, conversation.Customer, asked.Reading.Intent, asked.At),
        });
    }

    private void Answer(ConversationEntry conversation, ConversationEvent.BotAnswered answered)
    {
        if (Settle(conversation, answered.Replies, answered.Number, QuestionOutcome.Answered, null) is { } question)
        {
            question.Answer = Composed(answered.Text);
            question.SourceKind = answered.Source.Kind;
            question.SourceId = answered.Source.Id;
            question.SourceVersion = answered.Source.Version;
            question.AnswerConfidence = answered.Confidence;
            AnsweredAt(question, answered.At);
        }
    }

    private static void AnsweredAt(QuestionEntry? question, DateTimeOffset at)
    {
        if (question is not null)
        {
            question.AnsweredAt ??= at.UtcTicks;
        }
    }

    private QuestionEntry? Settle(ConversationEntry conversation, int number, int by, QuestionOutcome outcome, HandOffReason? reason)
    {
        if (number <= 0 || tables.Questions.Find((conversation.Tenant, conversation.Id, number)) is not { } question)
        {
            return null;
        }

        question.Outcome = (int)outcome;
        question.AnswerNumber = by;
        question.Reason = (int?)reason;
        return Changed(question);
    }

    /// <summary>A person's reply answers what is open, also what the bot handed off: its reason stays and tells that the bot could not.</summary>
    private void AnswerByPerson(ConversationEntry conversation, ConversationEvent.AgentReplied replied)
    {
        foreach (var number in tables.OpenQuestions(conversation.Tenant, conversation.Id))
        {
            if (tables.Questions.Find((conversation.Tenant, conversation.Id, number)) is { } question)
            {
                question.Outcome = (int)QuestionOutcome.AgentAnswered;
                question.Answer = Composed(TextMask.Mask(replied.Text));
                question.AnswerNumber = replied.Number;
                Changed(question);
            }
        }
    }

    private void Rate(ConversationEntry conversation, ConversationEvent.AnswerRated rated)
    {
        if (tables.QuestionAnsweredBy(conversation.Tenant, conversation.Id, rated.Number) is { } number
            && tables.Questions.Find((conversation.Tenant, conversation.Id, number)) is { } question)
        {
            question.Helpful = rated.Helpful;
            Changed(question);
        }
    }

    private QuestionEntry Changed(QuestionEntry question)
    {
        question.IsUnanswered = question.Outcome == (int)QuestionOutcome.HandedOff || question.Helpful == false;
        return tables.Questions.Changed(question);
    }

    /// <summary>Hangul typed on some systems comes as loose letters; search must find both spellings.</summary>
    private static string Composed(string text)
    {
        try
        {
            return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text; // Half of a surrogate pair: kept as it came.
        }
    }
}
