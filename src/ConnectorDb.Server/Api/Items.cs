using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Polling;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectorDb.Server.Api;

/// <summary>
/// <c>/items/</c>: what the server polls, in the form of rpdemo, with its statuses and error bodies. Who may see and change it, <see cref="ItemGuard"/> decides.
/// </summary>
internal static class Items
{
    private const string Root = "/items";

    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder items = routes.MapGroup(Root);
        items.MapGet("/", context => AnswerAsync(context, ListAsync));
        items.MapPost("/", context => AnswerAsync(context, AddAsync));
        items.MapGet("/{**name}", context => AnswerAsync(context, GetAsync));
        items.MapDelete("/{**name}", context => AnswerAsync(context, RemoveAsync));
        items.MapFallback("/{**name}", NotAllowedAsync);
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, PollingService, Task> answer)
    {
        if (context.RequestServices.GetService<PollingService>() is not { } polling)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "This server polls nothing. Start it with --poll and the configuration file of a poller.");
            return;
        }

        try
        {
            await Guard(context).CheckAsync(context);
            await answer(context, polling);
        }
        catch (CdbException error) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, error is NameTakenException ? StatusCodes.Status422UnprocessableEntity : Failure.Of(error).Status, error.Message);
        }
    }

    private static Task NotAllowedAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, POST, DELETE";
        return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} means nothing here: list and get items, add one at {Root}/, or delete one.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        return context.WriteJsonAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", why);
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
        PollItem item = PollItemBody.Read(await Body.ReadFieldsAsync(context));
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

    private static ItemGuard Guard(HttpContext context) => context.RequestServices.GetRequiredService<ItemGuard>();

    /// <summary>As it was sent, because a slash in a name is decoded nowhere else.</summary>
    private static string Name(HttpContext context)
    {
        string path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        int at = path.IndexOf($"{Root}/", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? (string)context.GetRouteValue("name")! : Uri.UnescapeDataString(path[(at + Root.Length + 1)..]);
    }

    private static PollItemStatus Find(PollingService polling, string name)
        => polling.Poller.Items.FirstOrDefault(item => item.Name == name) ?? throw new NotFoundException($"There is no item '{name}'.", name);

    private static void Write(Utf8JsonWriter writer, HttpContext context, PollItemStatus item)
    {
        writer.WriteStartObject();
        writer.WriteString("name", item.Name);
        writer.WriteString("key", item.Key);
        writer.WriteString("arg", item.Argument);
        writer.WriteNumber("interval", item.Interval.TotalSeconds);
        writer.WritePropertyName("last_value");
        (DataValue.TryFromNatural(item.LastValue, out DataValue value) ? value : DataValue.Null).WriteTo(writer);
        writer.WritePropertyName("next_poll_time");
        (item.NextPoll is { } next ? DataValue.From(UnixTime.FromDateTimeOffset(next)) : DataValue.Null).WriteTo(writer);
        writer.WriteBoolean("poll_in_progress", item.IsInProgress);
        writer.WriteString("url", Url(context, item.Name));
        writer.WriteEndObject();
    }

    private static string Url(HttpContext context, string name)
        => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{Root}/{Uri.EscapeDataString(name)}";
}
