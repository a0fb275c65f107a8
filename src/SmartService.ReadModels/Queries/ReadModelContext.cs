using Microsoft.EntityFrameworkCore;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

/// <summary>The read side of the tables. Never writes: the writer does, with prepared statements.</summary>
internal class ReadModelContext : DbContext
{
    public ReadModelContext(DbContextOptions<ReadModelContext> options)
        : base(options)
    {
    }

    /// <summary>For a context of another database.</summary>
    protected ReadModelContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<TenantEntry> Tenants => Set<TenantEntry>();

    public DbSet<CustomerEntry> Customers => Set<CustomerEntry>();

    public DbSet<ConversationEntry> Conversations => Set<ConversationEntry>();

    public DbSet<QuestionEntry> Questions => Set<QuestionEntry>();

    public DbSet<TimelineItem> Timeline => Set<TimelineItem>();

    public DbSet<PopupEntry> Popups => Set<PopupEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TenantEntry>(row =>
        {
            row.ToTable("tenants").HasKey(tenant => tenant.Id);
            row.Property(tenant => tenant.CreatedAt).HasColumnName("created_at");
        });
        modelBuilder.Entity<CustomerEntry>(row =>
        {
            row.ToTable("customers").HasKey(customer => new { customer.Tenant, customer.Id });
            row.Ignore(customer => customer.IsDirty);
            row.Property(customer => customer.FirstSeen).HasColumnName("first_seen");
            row.Property(customer => customer.LastSeen).HasColumnName("last_seen");
            row.Property(customer => customer.IsErased).HasColumnName("erased");
        });
        modelBuilder.Entity<ConversationEntry>(row =>
        {
            row.ToTable("conversations").HasKey(conversation => new { conversation.Tenant, conversation.Id });
            row.Ignore(conversation => conversation.IsDirty);
            row.Property(conversation => conversation.IsOpen).HasColumnName("open");
            row.Property(conversation => conversation.WasHandedOff).HasColumnName("handed_off");
            row.Property(conversation => conversation.LastText).HasColumnName("last_text");
            row.Property(conversation => conversation.OpenedAt).HasColumnName("opened_at");
            row.Property(conversation => conversation.LastAt).HasColumnName("last_at");
            row.Property(conversation => conversation.HandedOffAt).HasColumnName("handed_off_at");
            row.Property(conversation => conversation.PersonAt).HasColumnName("person_at");
        });
        modelBuilder.Entity<QuestionEntry>(row =>
        {
            row.ToTable("questions").HasKey(question => question.Position);
            row.Ignore(question => question.IsDirty).Ignore(question => question.IsStored);
            row.Ignore(question => question.StoredText).Ignore(question => question.StoredAnswer);
            row.Property(question => question.OutOfScope).HasColumnName("out_of_scope");
            row.Property(question => question.AnswerNumber).HasColumnName("answer_number");
            row.Property(question => question.SourceKind).HasColumnName("source_kind");
            row.Property(question => question.SourceId).HasColumnName("source_id");
            row.Property(question => question.SourceVersion).HasColumnName("source_version");
            row.Property(question => question.AnswerConfidence).HasColumnName("answer_confidence");
            row.Property(question => question.IsUnanswered).HasColumnName("unanswered");
            row.Property(question => question.AnsweredAt).HasColumnName("answered_at");
        });
        modelBuilder.Entity<TimelineItem>().ToTable("timeline").HasKey(item => item.Position);
        modelBuilder.Entity<PopupEntry>(row =>
        {
            row.ToTable("popups").HasKey(popup => new { popup.Tenant, popup.Id });
            row.Property(popup => popup.IsWithheld).HasColumnName("withheld");
            row.Property(popup => popup.IsSeen).HasColumnName("seen");
            row.Property(popup => popup.IsOpened).HasColumnName("opened");
            row.Property(popup => popup.IsDismissed).HasColumnName("dismissed");
            row.Property(popup => popup.IsIgnored).HasColumnName("ignored");
            row.Property(popup => popup.IsHelpful).HasColumnName("helpful");
            row.Property(popup => popup.IsUnhelpful).HasColumnName("unhelpful");
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(row => row.GetProperties()).Where(property => property.GetColumnName() == property.Name))
        {
            property.SetColumnName(property.Name.ToLowerInvariant()); // PostgreSQL tells "Tenant" from "tenant".
        }
    }
}
