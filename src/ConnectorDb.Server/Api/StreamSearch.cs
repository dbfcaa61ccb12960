using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud?q=find&amp;name=temp</c>: the streams that the caller may see whose path or nickname contains a text, in any case.</summary>
/// <remarks>It looks at all streams in order of their paths, and ends at the limit. Of a million it takes a second or two, and no memory.</remarks>
internal static class StreamSearch
{
    /// <exception cref="InvalidValueException">There is no text to find.</exception>
    public static async Task AnswerAsync(HttpContext context)
    {
        string text = context.Request.Query["name"].ToString();
        if (text.Length == 0)
        {
            throw new InvalidValueException("The search needs a text: ?q=find&name=temperature.", null);
        }

        await context.WriteListAsync(await context.PageAsync(FindAsync(context, text), stream => stream.GetPath()), Write);
    }

    private static async IAsyncEnumerable<CdbStream> FindAsync(HttpContext context, string text)
    {
        ICdbClient client = context.Client();
        CancellationToken cancellation = context.RequestAborted;
        CdbPath self = context.Caller().Login.Device;
        foreach (CdbPath user in await UsersAsync(client, self, cancellation))
        {
            foreach (CdbPath device in await DevicesAsync(client, user, self, cancellation))
            {
                await foreach (CdbStream stream in client.ListStreamsAsync(device, cancellation))
                {
                    if (stream.GetPath().ToString().Contains(text, StringComparison.OrdinalIgnoreCase) || stream.Nickname.Contains(text, StringComparison.OrdinalIgnoreCase))
                    {
                        yield return stream;
                    }
                }
            }
        }
    }

    /// <summary>All users if the caller may list them, else its own.</summary>
    private static async Task<IEnumerable<CdbPath>> UsersAsync(ICdbClient client, CdbPath self, CancellationToken cancellation)
    {
        try
        {
            return (await client.ListUsersAsync(cancellation).ToListAsync(cancellation)).Select(user => user.GetPath());
        }
        catch (PermissionDeniedException)
        {
            return [CdbPath.ForUser(self.User)];
        }
    }

    /// <summary>The devices of a user; only itself for a device that may not see its user.</summary>
    private static async Task<IEnumerable<CdbPath>> DevicesAsync(ICdbClient client, CdbPath user, CdbPath self, CancellationToken cancellation)
    {
        try
        {
            return (await client.ListDevicesAsync(user, cancellation).ToListAsync(cancellation)).Select(device => device.GetPath());
        }
        catch (NotFoundException)
        {
            return self.Kind == CdbPathKind.Device ? [self] : [];
        }
    }

    private static void Write(Utf8JsonWriter writer, CdbStream stream)
    {
        writer.WriteStartObject();
        writer.WriteString("path", stream.GetPath().ToString());
        writer.WriteString("nickname", stream.Nickname);
        writer.WriteString("icon", stream.Icon);
        writer.WriteString("schema", stream.Schema);
        writer.WriteEndObject();
    }
}
