namespace SmartService.ReadModels.Storage;

internal sealed class QuestionTable(ReadModelWriter writer, HourTable hours)
{
    private readonly Statement _read = writer.Prepare(
        """
        SELECT position, customer, at, text, language, intent, confidence, out_of_scope, model, outcome, answer, answer_number, source_kind,
          source_id, source_version, answer_confidence, reason, helpful, unanswered, answered_at, foreseen
        FROM questions WHERE tenant = ?1 AND conversation = ?2 AND number = ?3
        """);

    private readonly Statement _insert = writer.Prepare(
        """
        INSERT INTO questions (position, tenant, conversation, number, customer, at, text, language, intent, confidence, out_of_scope, model,
          outcome, answer, answer_number, source_kind, source_id, source_version, answer_confidence, reason, helpful, unanswered,
          answered_at, foreseen)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
        """);

    private readonly Statement _update = writer.Prepare(
        """
        UPDATE questions SET outcome = ?2, answer = ?3, answer_number = ?4, source_kind = ?5, source_id = ?6, source_version = ?7,
          answer_confidence = ?8, reason = ?9, helpful = ?10, unanswered = ?11, answered_at = ?12 WHERE position = ?1
        """);

    private readonly Statement _index = writer.Prepare("INSERT INTO questions_fts (rowid, text, answer) VALUES (?1, ?2, ?3)");

    private readonly Statement _unindex = writer.Prepare(
        "INSERT INTO questions_fts (questions_fts, rowid, text, answer) VALUES ('delete', ?1, ?2, ?3)");

    private readonly Statement _answeredBy = writer.Prepare(
        "SELECT number FROM questions WHERE tenant = ?1 AND conversation = ?2 AND answer_number = ?3");

    private readonly Statement _unansweredIn = writer.Prepare(
        "SELECT number FROM questions WHERE tenant = ?1 AND conversation = ?2 AND answer IS NULL AND outcome IN (0, 3)");

    public RowCache<(string Tenant, string Conversation, int Number), QuestionEntry> Cache(int most) =>
        new(most, key => Read(key.Tenant, key.Conversation, key.Number), Write);

    /// <summary>Number of the question that a bot's message answered; null when it answered none.</summary>
    public int? AnsweredBy(string tenant, string conversation, int number)
    {
        using var row = _answeredBy.Read(tenant, conversation, number);
        return row.Read() ? row.Int32(0) : null;
    }

    /// <summary>Numbers of the questions of a conversation that nobody has answered: waiting, or handed off.</summary>
    public List<int> OpenIn(string tenant, string conversation)
    {
        var open = new List<int>();
        using var row = _unansweredIn.Read(tenant, conversation);
        while (row.Read())
        {
            open.Add(row.Int32(0));
        }

        return open;
    }

    private QuestionEntry? Read(string tenant, string conversation, int number)
    {
        using var row = _read.Read(tenant, conversation, number);
        return !row.Read() ? null : new QuestionEntry
        {
            Position = row.Int64(0),
            Tenant = tenant,
            Conversation = conversation,
            Number = number,
            Customer = row.Text(1),
            At = row.Int64(2),
            Text = row.Text(3),
            Language = row.Text(4),
            Intent = row.Text(5),
            Confidence = row.Double(6),
            OutOfScope = row.Double(7),
            Model = row.Text(8),
            Outcome = row.Int32(9),
            Answer = row.TextOrNull(10),
            AnswerNumber = row.Int32OrNull(11),
            SourceKind = row.TextOrNull(12),
            SourceId = row.TextOrNull(13),
            SourceVersion = row.Int64(14),
            AnswerConfidence = row.DoubleOrNull(15),
            Reason = row.Int32OrNull(16),
            Helpful = row.BooleanOrNull(17),
            IsUnanswered = row.Boolean(18),
            AnsweredAt = row.Int64OrNull(19),
            Foreseen = row.Int32OrNull(20),
            IsStored = true,
            StoredText = row.Text(3),
            StoredAnswer = row.TextOrNull(10),
        };
    }

    private void Write(QuestionEntry row)
    {
        if (row.IsStored)
        {
            _update.Run(
                row.Position, row.Outcome, row.Answer, row.AnswerNumber, row.SourceKind, row.SourceId, row.SourceVersion, row.AnswerConfidence,
                row.Reason, row.Helpful, row.IsUnanswered, row.AnsweredAt);
        }
        else
        {
            _insert.Run(
                row.Position, row.Tenant, row.Conversation, row.Number, row.Customer, row.At, row.Text, row.Language, row.Intent, row.Confidence,
                row.OutOfScope, row.Model, row.Outcome, row.Answer, row.AnswerNumber, row.SourceKind, row.SourceId, row.SourceVersion,
                row.AnswerConfidence, row.Reason, row.Helpful, row.IsUnanswered, row.AnsweredAt, row.Foreseen);
            hours.Note(row.At, row.Position);
        }

        Index(row);
    }

    /// <summary>The index is told the former words before it gets the new ones: it keeps no text to look them up.</summary>
    private void Index(QuestionEntry row)
    {
        if (row.IsStored && row.StoredText == row.Text && row.StoredAnswer == row.Answer)
        {
            return;
        }

        if (row.IsStored)
        {
            _unindex.Run(row.Position, row.StoredText, row.StoredAnswer);
        }

        _index.Run(row.Position, row.Text, row.Answer);
        (row.IsStored, row.StoredText, row.StoredAnswer) = (true, row.Text, row.Answer);
    }
}
