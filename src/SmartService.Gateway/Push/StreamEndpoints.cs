using System.Globalization;
using Microsoft.Extensions.Options;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;
using SmartService.Engine.Feeds;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Operations;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Push;

/// <summary>Server-sent events for shoppers and staff.</summary>
internal static class StreamEndpoints
{
    private delegate StreamEvent? Mapping(in FeedFrame frame, DateTimeOffset now);

    /// <remarks>
    /// A shopper's stream is called by hand: thousands are open at a time, and what the framework makes for a call (a scope of services, the query, its own
    /// frames) would live as long as the stream.
    /// </remarks>
    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider.GetRequiredService<StreamServices>();
        routes.MapGet("/v1/shopper/stream", ShopperAsync).RequireAuthorization(Policies.Shopper)
            .WithMetadata(new StreamMetadata()).WithSummary("Popups and messages of this shopper as server-sent events").WithTags("Shopper")
            .Add(route => route.RequestDelegate = context => ShopperAsync(context, (Caller)context.User, services, After(context)));
        routes.MapGet("/v1/staff/stream", StaffAsync).RequireAuthorization(Policies.Staff).Needs(Permission.ConversationsRead)
            .WithMetadata(new StreamMetadata()).WithSummary("Everything of this store as server-sent events").WithTags("Staff");
    }

    internal static Task ShopperAsync(HttpContext context, Caller caller, StreamServices services, long? after) =>
        RunAsync(context, caller, new(caller.Tenant, caller.Customer), FrameMapper.ForShopper, services, after);

    internal static Task StaffAsync(HttpContext context, Caller caller, StreamServices services, long? after) =>
        RunAsync(context, caller, new(caller.Tenant, null), FrameMapper.ForStaff, services, after);

    private static async Task RunAsync(HttpContext context, Caller caller, FeedKey feed, Mapping map, StreamServices services, long? after)
    {
        var from = LastSeen(context, after, services.Feeds.Head);
        context.Request.Headers.Authorization = default; // Nobody reads it again, and the stream may be open for hours.
        if (!services.Streams.TryEnter(feed, out var full))
        {
            await (full
                ? Problems.Unavailable("The server has as many streams open as it takes.")
                : Problems.RateLimited("shopper", TimeSpan.FromSeconds(10))).ExecuteAsync(context);
            return;
        }

        using var closing = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, services.Lifetime.ApplicationStopping);
        using var stream = new EventStream(context, caller.ExpiresAt, closing);
        var watched = caller.Member is { } member ? WatchAsync(member, context.RequestServices, services, closing) : Task.CompletedTask;
        try
        {
            Begin(context);
            await stream.WriteRetryAsync(services.Options.Value.Retry, closing.Token);

            // The id is where this stream starts, not the head: a break before the missed events came must not skip them.
            await stream.WriteAsync(StreamEvent.Of("ready", new ReadyFrame(services.Feeds.Head), GatewayJson.Default.ReadyFrame), from, closing.Token);
            services.Streams.Add(stream, feed);
            if (services.News.NowFor(feed) is { } peak)
            {
                await stream.WriteRawAsync(PeakNews.Event, peak, closing.Token);
            }

            await CopyAsync(stream, feed, from, map, services, closing.Token);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The page left, its token ended or the server stops: the browser connects again if it still wants to.
        }
        finally
        {
            services.Streams.Remove(stream);
            services.Streams.Leave(feed);
            await closing.CancelAsync();
            await watched;
        }
    }

    /// <summary>A stream outlives the call that opened it: it ends when its session does.</summary>
    private static async Task WatchAsync(SignedIn member, IServiceProvider provider, StreamServices services, CancellationTokenSource closing)
    {
        using var timer = new PeriodicTimer(services.Options.Value.KeepAlive, services.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
            {
                await using var scope = provider.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
                if (!await scope.ServiceProvider.GetRequiredService<Sessions>().IsLiveAsync(member.Session, member.Tenant, closing.Token))
                {
                    await closing.CancelAsync();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Data.Common.DbException)
        {
            // The stream ended; or members.db could not be read, and then nobody can say that the session lasts.
            await closing.CancelAsync();
        }
    }

    private static async Task CopyAsync(EventStream stream, FeedKey feed, long from, Mapping map, StreamServices services, CancellationToken ct)
    {
        var head = services.Feeds.Head; // What lies before it is caught up with.
        await foreach (var frame in services.Feeds.SubscribeAsync(feed, from, ct).WithCancellation(ct))
        {
            if (frame.Position == 0)
            {
                await stream.WriteRawAsync(frame.Kind, frame.Json, ct);
            }
            else if (map(frame, services.Clock.GetUtcNow()) is { } e)
            {
                await stream.WriteAsync(e, frame.Position, ct);
                services.Meter.CountPush(e.Name, feed.Customer is null, services.Clock.GetUtcNow() - frame.At, frame.Position > head);
                if (feed.Customer is not null && e.Name == "erased")
                {
                    return;
                }
            }
        }
    }

    /// <summary>The query's <c>after</c>.</summary>
    private static long? After(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue)
        {
            return null;
        }

        string? after = context.Request.Query["after"];
        return string.IsNullOrEmpty(after) ? null
            : long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) ? position
            : throw new ProblemException(Problems.Invalid("after is an id this server sent.", new Fault("after", "a whole number")));
    }

    /// <summary>Where to start: the header of a reconnecting browser, else the query, else now. Never beyond the journal's end.</summary>
    private static long LastSeen(HttpContext context, long? after, long head)
    {
        string? header = context.Request.Headers["Last-Event-ID"];
        if (!string.IsNullOrEmpty(header))
        {
            after = long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw new ProblemException(Problems.Invalid("Last-Event-ID is an id this server sent.", new Fault("Last-Event-ID", "a whole number")));
        }

        return after switch
        {
            null => head,
            < 0 => throw new ProblemException(Problems.Invalid("after is an id this server sent.", new Fault("after", "0 or more"))),
            { } position => Math.Min(position, head),
        };
    }

    private static void Begin(HttpContext context)
    {
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
    }
}

/// <summary>What a stream needs; one object, so that an open stream holds one reference.</summary>
internal sealed record StreamServices(
    IFeeds Feeds, OpenStreams Streams, PeakNews News, IHostApplicationLifetime Lifetime, IOptions<GatewayOptions> Options, TimeProvider Clock, GatewayMeter Meter);

/// <summary>Marks a stream for the OpenAPI document and for timeouts.</summary>
internal sealed class StreamMetadata;
