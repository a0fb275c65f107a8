using Npgsql;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Brings the rows that events need into memory, in one round trip.</summary>
internal static class RowReader
{
    private const string Customer = "t.tenant, t.id, t.name, t.tier, t.locale, t.identified, t.first_seen, t.last_seen, t.orders, t.conversations, t.erased";
    private const string Forecast = "t.tenant, t.customer, t.at, t.first, t.second, t.third";
    private const string Question =
        """
        SELECT t.position, t.tenant, t.conversation, t.number, t.customer, t.at, t.text, t.language, t.intent, t.confidence, t.out_of_scope, t.model, t.outcome,
          t.answer, t.answer_number, t.source_kind, t.source_id, t.source_version, t.answer_confidence, t.reason, t.helpful, t.unanswered, t.answered_at, t.foreseen
        FROM
        """;

    public static async Task ReadAsync(NpgsqlDataSource database, WorkingSet set, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        var reads = new List<Action<NpgsqlDataReader>>();
        Ask(batch, reads, set);
        if (reads.Count == 0)
        {
            return;
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var read in reads)
        {
            while (await reader.ReadAsync(ct))
            {
                read(reader);
            }

            await reader.NextResultAsync(ct);
        }
    }

    private static void Ask(NpgsqlBatch batch, List<Action<NpgsqlDataReader>> reads, WorkingSet set)
    {
        void By(Keys keys, string sql, Action<NpgsqlDataReader> read) => Add(keys.Count, sql, keys.AddTo, read);
        void Numbered(NumberedKeys keys, string sql, Action<NpgsqlDataReader> read) => Add(keys.Count, sql, keys.AddTo, read);
        void Add(int count, string sql, Action<NpgsqlParameterCollection> parameters, Action<NpgsqlDataReader> read)
        {
            if (count > 0)
            {
#pragma warning disable CA2100 // Constant texts.
                var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
                parameters(command.Parameters);
                batch.BatchCommands.Add(command);
                reads.Add(read);
            }
        }

        var needed = set.Needed;
        void HoldCustomer(NpgsqlDataReader row) => set.Customers.Hold((row.GetString(0), row.GetString(1)), ReadCustomer(row));
        void HoldForecast(NpgsqlDataReader row) => set.Forecasts.Hold((row.GetString(0), row.GetString(1)), ReadForecast(row));
        void HoldQuestion(NpgsqlDataReader row) => set.Questions.Hold((row.GetString(1), row.GetString(2), row.GetInt32(3)), ReadQuestion(row));
        By(needed.Tenants, "SELECT t.id, t.name, t.locale, t.created_at FROM unnest($1, $2) k (tenant, id) JOIN read_models.tenants t ON t.id = k.id",
            row => set.HoldTenant(new() { Id = row.GetString(0), Name = row.GetString(1), Locale = row.GetString(2), CreatedAt = row.GetInt64(3) }));
        By(needed.Conversations, $"SELECT {Conversation} FROM unnest($1, $2) k (tenant, id) JOIN read_models.conversations t ON t.tenant = k.tenant AND t.id = k.id",
            row => set.HoldConversation(ReadConversation(row)));
        By(needed.Orders, "SELECT t.tenant, t.id, t.customer FROM unnest($1, $2) k (tenant, id) JOIN read_models.orders t ON t.tenant = k.tenant AND t.id = k.id",
            row => set.HoldOrder(row.GetString(0), row.GetString(1), row.GetString(2)));
        By(needed.Customers, $"SELECT {Customer} FROM unnest($1, $2) k (tenant, id) JOIN read_models.customers t ON t.tenant = k.tenant AND t.id = k.id", HoldCustomer);
        By(needed.Conversations, $"SELECT {Customer} {Through("conversations", "t.id")}", HoldCustomer);
        By(needed.Orders, $"SELECT {Customer} {Through("orders", "t.id")}", HoldCustomer);
        By(needed.Forecasts.Customers, $"SELECT {Forecast} FROM unnest($1, $2) k (tenant, id) JOIN read_models.forecasts t ON t.tenant = k.tenant AND t.customer = k.id", HoldForecast);
        By(needed.Forecasts.Conversations, $"SELECT {Forecast} {Through("conversations", "t.customer", "forecasts")}", HoldForecast);
        By(needed.Open, $"{Question} unnest($1, $2) k (tenant, id) JOIN read_models.questions t ON t.tenant = k.tenant AND t.conversation = k.id WHERE t.answer IS NULL AND t.outcome IN (0, 3)", HoldQuestion);
        Numbered(needed.Questions, $"{Question} unnest($1, $2, $3) k (tenant, id, number) JOIN read_models.questions t ON t.tenant = k.tenant AND t.conversation = k.id AND t.number = k.number", HoldQuestion);
        Numbered(needed.Answered, $"{Question} unnest($1, $2, $3) k (tenant, id, number) JOIN read_models.questions t ON t.tenant = k.tenant AND t.conversation = k.id AND t.answer_number = k.number", HoldQuestion);
    }

    private const string Conversation =
        "t.tenant, t.id, t.customer, t.locale, t.mode, t.agent, t.open, t.handed_off, t.messages, t.last_text, t.opened_at, t.last_at, t.score, t.assignee, t.handed_off_at, t.person_at";

    /// <summary>What belongs to the customers of conversations or orders.</summary>
    private static string Through(string table, string key, string of = "customers") =>
        $"FROM unnest($1, $2) k (tenant, id) JOIN read_models.{table} o ON o.tenant = k.tenant AND o.id = k.id JOIN read_models.{of} t ON t.tenant = o.tenant AND {key} = o.customer";

    private static CustomerEntry ReadCustomer(NpgsqlDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Id = row.GetString(1),
        Name = Text(row, 2),
        Tier = row.GetInt32(3),
        Locale = Text(row, 4),
        Identified = row.GetBoolean(5),
        FirstSeen = row.GetInt64(6),
        LastSeen = row.GetInt64(7),
        Orders = row.GetInt32(8),
        Conversations = row.GetInt32(9),
        IsErased = row.GetBoolean(10),
    };

    private static ConversationEntry ReadConversation(NpgsqlDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Id = row.GetString(1),
        Customer = row.GetString(2),
        Locale = row.GetString(3),
        Mode = row.GetInt32(4),
        Agent = Text(row, 5),
        IsOpen = row.GetBoolean(6),
        WasHandedOff = row.GetBoolean(7),
        Messages = row.GetInt32(8),
        LastText = Text(row, 9),
        OpenedAt = row.GetInt64(10),
        LastAt = row.GetInt64(11),
        Score = Value<int>(row, 12),
        Assignee = Text(row, 13),
        HandedOffAt = Value<long>(row, 14),
        PersonAt = Value<long>(row, 15),
    };

    private static ForecastEntry ReadForecast(NpgsqlDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Customer = row.GetString(1),
        At = row.GetInt64(2),
        First = row.GetString(3),
        Second = row.GetString(4),
        Third = row.GetString(5),
    };

    private static QuestionEntry ReadQuestion(NpgsqlDataReader row) => new()
    {
        Position = row.GetInt64(0),
        Tenant = row.GetString(1),
        Conversation = row.GetString(2),
        Number = row.GetInt32(3),
        Customer = row.GetString(4),
        At = row.GetInt64(5),
        Text = row.GetString(6),
        Language = row.GetString(7),
        Intent = row.GetString(8),
        Confidence = row.GetDouble(9),
        OutOfScope = row.GetDouble(10),
        Model = row.GetString(11),
        Outcome = row.GetInt32(12),
        Answer = Text(row, 13),
        AnswerNumber = Value<int>(row, 14),
        SourceKind = Text(row, 15),
        SourceId = Text(row, 16),
        SourceVersion = row.GetInt64(17),
        AnswerConfidence = Value<double>(row, 18),
        Reason = Value<int>(row, 19),
        Helpful = Value<bool>(row, 20),
        IsUnanswered = row.GetBoolean(21),
        AnsweredAt = Value<long>(row, 22),
        Foreseen = Value<int>(row, 23),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T? Value<T>(NpgsqlDataReader row, int column)
        where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
