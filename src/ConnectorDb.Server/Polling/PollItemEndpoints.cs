using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Polling;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectorDb.Server.Polling;

/// <summary>
/// <c>/items/</c>: the items of the poller, compatible with rpdemo in format, statuses and error bodies. After a failed measurement
/// <c>last_value</c> is null and <c>last_error</c> a text; <c>last_value_time</c> is the time of the last value, in unix seconds.
/// </summary>
internal static class PollItemEndpoints
{
    private const string Root = "/items";

    public static void MapPollItems(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder items = routes.MapGroup(Root);
        items.MapRead("/", context => AnswerAsync(context, ListAsync));
        items.MapPost("/", context => AnswerAsync(context, AddAsync)).WithMetadata(new AnonymousBody(CheckLocal));
        items.MapRead("/{**name}", context => AnswerAsync(context, GetAsync));
        items.MapDelete("/{**name}", context => AnswerAsync(context, RemoveAsync));
        items.MapFallback("/{**name}", NotAllowedAsync);
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, PollingService, Task> answer)
    {
        if (context.RequestServices.GetService<PollingService>() is not { } polling)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "This server does not poll. Start it with --poll and the configuration file of a poller.");
            return;
        }

        try
        {
            await Guard(context).CheckAsync(context);
            await answer(context, polling);
        }
        catch (CdbException error) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, error is NameTakenException ? StatusCodes.Status422UnprocessableEntity : Failure.Of(error).Status, error.Message.InWordsOf(context));
        }
    }

    private static Task NotAllowedAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD, POST, DELETE";
        return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} is not supported here. List or get items with GET, add one with POST {Root}/, or delete one with DELETE.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.WriteJsonAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", error);
            writer.WriteEndObject();
        });
    }

    private static Task ListAsync(HttpContext context, PollingService polling)
        => context.WriteListAsync(polling.Poller.Items, (writer, item) => Write(writer, context, item));

    private static Task GetAsync(HttpContext context, PollingService polling)
    {
        PollItemStatus item = Find(polling, Name(context));
        return context.WriteJsonAsync(writer => Write(writer, context, item));
    }

    private static async Task AddAsync(HttpContext context, PollingService polling)
    {
        PollItem item = PollItemBody.Read(await RequestBody.ReadFieldsAsync(context));
        Guard(context).CheckSampler(context, item.Key);
        try
        {
            polling.Poller.Add(item);
        }
        catch (NotFoundException error)
        {
            throw new InvalidValueException(error.Message, item.Key);
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = Url(context, item.Name);
        PollItemStatus added = Find(polling, item.Name);
        await context.WriteJsonAsync(writer => Write(writer, context, added));
    }

    private static Task RemoveAsync(HttpContext context, PollingService polling)
    {
        string name = Find(polling, Name(context)).Name;
        polling.Poller.Remove(name);
        return context.WriteJsonAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("result", true);
            writer.WriteEndObject();
        });
    }

    private static void CheckLocal(HttpContext context)
        => (context.RequestServices.GetService<PollItemGuard>() ?? throw AnonymousBody.Refused()).CheckLocal(context);

    private static PollItemGuard Guard(HttpContext context) => context.RequestServices.GetRequiredService<PollItemGuard>();

    // Taken from the raw target: routing does not decode an escaped slash, which a name may contain.
    private static string Name(HttpContext context)
    {
        string path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        int at = path.IndexOf($"{Root}/", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? (string)context.GetRouteValue("name")! : Uri.UnescapeDataString(path[(at + Root.Length + 1)..]);
    }

    private static PollItemStatus Find(PollingService polling, string name)
        => polling.Poller.Items.FirstOrDefault(item => item.Name == name) ?? throw new NotFoundException($"There is no poll item '{name}'.", name);

    private static void Write(Utf8JsonWriter writer, HttpContext context, PollItemStatus item)
    {
        writer.WriteStartObject();
        writer.WriteString("name", item.Name);
        writer.WriteString("key", item.Key);
        writer.WriteString("arg", item.Argument);
        writer.WriteNumber("interval", item.Interval.TotalSeconds);
        writer.WritePropertyName("last_value");
        (!item.IsFailing && DataValue.TryFromNatural(item.LastValue, out DataValue value) ? value : DataValue.Null).WriteTo(writer);
        WriteTime(writer, "next_poll_time", item.NextPoll);
        writer.WriteBoolean("poll_in_progress", item.IsInProgress);
        writer.WriteString("url", Url(context, item.Name));
        WriteTime(writer, "last_value_time", item.LastTime);
        writer.WriteString("last_error", item.IsFailing ? item.LastError : null);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        writer.WritePropertyName(name);
        (time is { } known ? DataValue.From(UnixTime.FromDateTimeOffset(known)) : DataValue.Null).WriteTo(writer);
    }

    private static string Url(HttpContext context, string name)
        => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{Root}/{Uri.EscapeDataString(name)}";
}
