using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>
/// <c>/crud?q=find&amp;name=temp&amp;label=room=*</c>: the streams that the caller may see whose path or nickname contains a text, and that have all
/// labels, in any case.
/// </summary>
/// <remarks>It takes of the budget of the user's queries, because all names, or very many long values, may have to be compared.</remarks>
internal static class StreamSearch
{
    /// <exception cref="InvalidValueException">There is nothing to find, or a label is no pair of key and value.</exception>
    /// <exception cref="AuthenticationException">The caller has no login, and may not search.</exception>
    public static async Task AnswerAsync(HttpContext context)
    {
        string text = context.Request.Query["name"].ToString();
        LabelPattern[] labels = LabelsOf(context);
        if (text.Length == 0 && labels.Length == 0)
        {
            throw new InvalidValueException("The search needs a text or a label: ?q=find&name=temperature or ?q=find&label=room=office.", null);
        }

        CheckCaller(context.Caller().Login, labels.Length > 0);
        await context.WritePageAsync(
            (after, ended) => context.Client().FindStreamsAsync(text, labels, after?.ToString() ?? "", ended),
            (writer, stream) => StreamJson.Write(writer, stream, withPath: true));
    }

    // A search without labels looks through the users, whom a caller without a login may not list. An empty answer would look like one without matches.
    private static void CheckCaller(Login login, bool hasLabels)
    {
        if (login.IsAnonymous && !(hasLabels && login == Login.PublicReader))
        {
            throw new AuthenticationException($"{(hasLabels ? "A search" : "A search without a label")} needs a login. Send 'Authorization: Bearer KEY' with the API key of a device{(login == Login.PublicReader ? ", or search by label: ?q=find&label=room=*" : "")}.", null);
        }
    }

    /// <summary>The labels that the request asks for.</summary>
    /// <exception cref="InvalidValueException">One is no pair of key and value.</exception>
    public static LabelPattern[] LabelsOf(HttpContext context) => [.. context.Request.Query["label"].Select(label => LabelOf(label ?? ""))];

    /// <summary>The streams that the caller may see, with all labels.</summary>
    public static IAsyncEnumerable<CdbStream> StreamsAsync(HttpContext context, LabelPattern[] labels, CancellationToken ended)
        => labels.Length > 0
            ? context.Client().FindStreamsAsync(labels, ended)
            : context.StreamsAsync(DevicesAsync(context, ended), null, ended);

    private static LabelPattern LabelOf(string text)
        => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new LabelPattern(text[..at], text[(at + 1)..])
            : throw new InvalidValueException($"'{text}' is not a label. Give key=value, such as room=office or room=*.", text);

    private static async IAsyncEnumerable<CdbPath> DevicesAsync(HttpContext context, [EnumeratorCancellation] CancellationToken ended)
    {
        ICdbClient client = context.Client();
        CdbPath self = context.Caller().Login.Device;
        foreach (CdbPath user in await UsersAsync(client, self, ended))
        {
            foreach (CdbPath device in await DevicesAsync(client, user, self, ended))
            {
                yield return device;
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
}
