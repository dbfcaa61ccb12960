using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Client.Remote;

public partial class RemoteClient
{
    public async ValueTask<bool> ExistsAsync(CdbPath path, CancellationToken cancellation)
    {
        try
        {
            await _rest.SendAndReadAsync(RestRequest.Get(AddressOf(path, path.Kind), path), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    public IAsyncEnumerable<CdbUser> ListUsersAsync(string after, CancellationToken cancellation)
        => ListAsync("crud/" + After(after), Location, UserJson.Read, cancellation);

    public IAsyncEnumerable<CdbDevice> ListDevicesAsync(CdbPath user, string after, CancellationToken cancellation)
        => ListAsync(AddressOf(user, CdbPathKind.User) + After(after), user, fields => DeviceJson.Read(fields, user), cancellation);

    public IAsyncEnumerable<CdbStream> ListStreamsAsync(CdbPath device, string after, CancellationToken cancellation)
        => ListAsync(AddressOf(device, CdbPathKind.Device) + After(after), device, fields => StreamJson.Read(fields, device, this), cancellation);

    public virtual IAsyncEnumerable<CdbStream> FindStreamsAsync(string text, IReadOnlyList<LabelPattern> labels, string after, CancellationToken cancellation)
        => ListAsync(
            $"crud/?q=find{(text.Length == 0 ? "" : $"&name={Uri.EscapeDataString(text)}")}" + string.Concat(labels.Select(label => $"&label={Uri.EscapeDataString($"{label.Key}={label.Value}")}")) + (after.Length == 0 ? "" : $"&after={Uri.EscapeDataString(after)}"),
            Location,
            fields => StreamJson.Read(fields, CdbPath.Parse(fields.Text("path") ?? "").Parent!, this),
            cancellation);

    public ValueTask<CdbUser> GetUserAsync(CdbPath path, CancellationToken cancellation)
        => ObjectAsync(RestRequest.Get(AddressOf(path, CdbPathKind.User), path), UserJson.Read, cancellation);

    public ValueTask<CdbDevice> GetDeviceAsync(CdbPath path, CancellationToken cancellation)
        => ObjectAsync(RestRequest.Get(AddressOf(path, CdbPathKind.Device), path), fields => DeviceJson.Read(fields, path.Parent!), cancellation);

    public ValueTask<CdbStream> GetStreamAsync(CdbPath path, CancellationToken cancellation)
        => ObjectAsync(RestRequest.Get(AddressOf(path, CdbPathKind.Stream), path), fields => StreamJson.Read(fields, path.Parent!, this), cancellation);

    public virtual ValueTask<CdbUser> CreateUserAsync(CdbPath path, UserDefinition definition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return string.IsNullOrEmpty(definition.Email)
            ? throw new InvalidValueException($"The new user '{path}' has no e-mail address, which a server requires. Give one with -Email.", path)
            : ObjectAsync(Create(path, CdbPathKind.User, writer => UserDefinitionJson.Write(writer, definition)), UserJson.Read, cancellation);
    }

    public virtual ValueTask<CdbDevice> CreateDeviceAsync(CdbPath path, DeviceDefinition definition, CancellationToken cancellation)
        => ObjectAsync(
            Create(path, CdbPathKind.Device, writer => DeviceDefinitionJson.Write(writer, definition)),
            fields => DeviceJson.Read(fields, path.Parent!),
            cancellation);

    public virtual ValueTask<CdbStream> CreateStreamAsync(CdbPath path, StreamDefinition definition, CancellationToken cancellation)
        => ObjectAsync(
            Create(path, CdbPathKind.Stream, writer => StreamDefinitionJson.Write(writer, definition)),
            fields => StreamJson.Read(fields, path.Parent!, this),
            cancellation);

    public virtual ValueTask<CdbUser> UpdateUserAsync(CdbPath path, UserDefinition changes, CancellationToken cancellation)
        => ObjectAsync(Update(path, CdbPathKind.User, writer => UserDefinitionJson.Write(writer, changes)), UserJson.Read, cancellation);

    /// <remarks>Asking for a new key is not repeated: it would be another one. A new key of the client's own device is used from then on.</remarks>
    public virtual async ValueTask<CdbDevice> UpdateDeviceAsync(CdbPath path, DeviceDefinition changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        RestRequest update = Update(path, CdbPathKind.Device, writer => DeviceDefinitionJson.Write(writer, changes));
        CdbDevice device = await ObjectAsync(update with { IsRepeatable = changes.ApiKey is not "" }, fields => DeviceJson.Read(fields, path.Parent!), cancellation).ConfigureAwait(false);
        if (changes.ApiKey is { } given && path == Identity && (string.IsNullOrEmpty(device.ApiKey) ? given : device.ApiKey) is { Length: > 0 } key)
        {
            _rest.UseKey(key);
        }

        return device;
    }

    public virtual ValueTask<CdbStream> UpdateStreamAsync(CdbPath path, StreamDefinition changes, CancellationToken cancellation)
        => ObjectAsync(
            Update(path, CdbPathKind.Stream, writer => StreamDefinitionJson.Write(writer, changes)),
            fields => StreamJson.Read(fields, path.Parent!, this),
            cancellation);

    public async ValueTask DeleteAsync(CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        string address = RestRequest.AddressOf(path) + (path.IsDownlink ? "?downlink=true" : "");
        (await _rest.SendAndReadAsync(new RestRequest(HttpMethod.Delete, address, path), cancellation).ConfigureAwait(false)).CheckOk();
    }

    public virtual async ValueTask RemoveNewestAsync(CdbPath stream, long from, long count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        string range = string.Create(CultureInfo.InvariantCulture, $"i1={from}&i2={count}");
        await _rest.SendAndReadAsync(new RestRequest(HttpMethod.Delete, RestRequest.DataOf(stream, range), stream) { IsRepeatable = true }, cancellation).ConfigureAwait(false);
    }

    public virtual IAsyncEnumerable<CdbSession> ListSessionsAsync(CdbPath? user, CancellationToken cancellation)
        => ListAsync("sessions" + (user is null ? "" : $"?user={user}"), user as object ?? Location, SessionJson.Read, cancellation);

    public virtual async ValueTask RemoveSessionAsync(long id, CancellationToken cancellation)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"sessions/{id}");
        (await _rest.SendAndReadAsync(new RestRequest(HttpMethod.Delete, address, id), cancellation).ConfigureAwait(false)).CheckOk();
    }

    private static string After(string name) => name.Length == 0 ? "?q=ls" : "?q=ls&after=" + Uri.EscapeDataString(name);

    private async IAsyncEnumerable<T> ListAsync<T>(string address, object about, Func<JsonFields, T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RestResponse answer = await _rest.SendAndReadAsync(RestRequest.Get(address, about), cancellation).ConfigureAwait(false);
        foreach (T item in answer.ReadList(read))
        {
            yield return item;
        }
    }

    private async ValueTask<T> ObjectAsync<T>(RestRequest request, Func<JsonFields, T> read, CancellationToken cancellation)
        => (await _rest.SendAndReadAsync(request, cancellation).ConfigureAwait(false)).ReadObject(read);

    private static RestRequest Create(CdbPath path, CdbPathKind kind, Action<Utf8JsonWriter> write)
        => new(HttpMethod.Post, AddressOf(path, kind), path) { Body = RestRequest.Json(write) };

    private static RestRequest Update(CdbPath path, CdbPathKind kind, Action<Utf8JsonWriter> write)
        => new(HttpMethod.Put, AddressOf(path, kind), path) { Body = RestRequest.Json(write), IsRepeatable = true };

    private static string AddressOf(CdbPath path, CdbPathKind kind)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Kind == kind
            ? RestRequest.AddressOf(path)
            : throw new InvalidNameException(path.ToString(), "path", $"it does not name a {kind.ToString().ToLowerInvariant()}");
    }
}
