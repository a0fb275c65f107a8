using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace SmartService.Backoffice.Members;

/// <summary>members.db: people, where they belong, their sessions and links.</summary>
public sealed class MembersContext(DbContextOptions<MembersContext> options) : IdentityUserContext<Member>(options)
{
    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<MemberSession> Sessions => Set<MemberSession>();

    public DbSet<MemberLink> Links => Set<MemberLink>();

    public DbSet<SignInAttempts> Attempts => Set<SignInAttempts>();

    public DbSet<SeenMark> Seen => Set<SeenMark>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Membership>(row =>
        {
            row.ToTable("memberships").HasKey(m => new { m.Member, m.Tenant });
            row.HasIndex(m => m.Tenant);
        });
        builder.Entity<MemberSession>(row =>
        {
            row.ToTable("sessions").HasKey(s => s.Id);
            row.HasIndex(s => s.Hash).IsUnique();
            row.HasIndex(s => s.Member);
        });
        builder.Entity<MemberLink>(row =>
        {
            row.ToTable("links").HasKey(l => l.Id);
            row.HasIndex(l => l.Hash).IsUnique();
            row.HasIndex(l => new { l.Mail, l.Tenant });
        });
        builder.Entity<SignInAttempts>().ToTable("attempts").HasKey(a => a.Mail);
        builder.Entity<SeenMark>().ToTable("seen").HasKey(s => new { s.Member, s.Tenant, s.Conversation });
    }
}
