namespace ConnectorDb;

/// <summary>The kind of node that a path names.</summary>
public enum CdbPathKind
{
    User,
    Device,
    Stream,
}

/// <summary>
/// The place of a user (<c>u</c>), a device (<c>u/d</c>), a stream (<c>u/d/s</c>) or the downlink of a stream
/// (<c>u/d/s/downlink</c>).
/// </summary>
public sealed record CdbPath
{
    private const string DownlinkSuffix = "downlink";

    private CdbPath(string user, string? device, string? stream, bool isDownlink)
    {
        User = user;
        Device = device;
        Stream = stream;
        IsDownlink = isDownlink;
    }

    public string User { get; }

    public string? Device { get; }

    public string? Stream { get; }

    /// <summary>The path names the downlink of the stream.</summary>
    public bool IsDownlink { get; }

    public CdbPathKind Kind
        => Stream is not null ? CdbPathKind.Stream : Device is not null ? CdbPathKind.Device : CdbPathKind.User;

    /// <summary>The last name of the path.</summary>
    public string Name => Stream ?? Device ?? User;

    /// <summary>The owner: the device of a stream, the user of a device; null for a user.</summary>
    public CdbPath? Parent => Kind switch
    {
        CdbPathKind.Stream => new CdbPath(User, Device, null, false),
        CdbPathKind.Device => new CdbPath(User, null, null, false),
        _ => null,
    };

    public static CdbPath ForUser(string user) => new(CdbName.Check(user, "user"), null, null, false);

    public static CdbPath ForDevice(string user, string device)
        => new(CdbName.Check(user, "user"), CdbName.Check(device, "device"), null, false);

    public static CdbPath ForStream(string user, string device, string stream)
        => new(CdbName.Check(user, "user"), CdbName.Check(device, "device"), CdbName.Check(stream, "stream"), false);

    /// <summary>The user, device or stream called <paramref name="name"/> right below this path.</summary>
    public CdbPath Child(string name) => Kind switch
    {
        CdbPathKind.User => ForDevice(User, name),
        CdbPathKind.Device => ForStream(User, Device!, name),
        _ => throw new InvalidNameException(name, "path", $"'{this}' is a stream and has nothing below it"),
    };

    /// <summary>The downlink of this stream.</summary>
    public CdbPath ToDownlink() => new(User, Device, Stream, Stream is not null);

    /// <summary>The stream that this is the downlink of; any other path is itself.</summary>
    public CdbPath ToStream() => IsDownlink ? new(User, Device, Stream, false) : this;

    /// <summary>Reads a whole path of one to four parts.</summary>
    /// <exception cref="InvalidNameException">A part is not a name, or there are too many.</exception>
    public static CdbPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        CheckNames(text, (CdbPathKind)(parts.Length - 1));
        return parts.Length switch
        {
            1 => ForUser(parts[0]),
            2 => ForDevice(parts[0], parts[1]),
            3 => ForStream(parts[0], parts[1], parts[2]),
            4 when parts[3] == DownlinkSuffix => ForStream(parts[0], parts[1], parts[2]).ToDownlink(),
            _ => throw new InvalidNameException(text, "path", "a path is user, user/device, user/device/stream or user/device/stream/downlink"),
        };
    }

    /// <summary>
    /// Reads a path as a person of the device <paramref name="self"/> writes it: for a stream <c>s</c>, <c>d/s</c> or
    /// <c>u/d/s</c>; for a device <c>d</c> or <c>u/d</c>; for a user <c>u</c>.
    /// </summary>
    /// <exception cref="InvalidNameException">A part is not a name, or the path is too long for its kind.</exception>
    public static CdbPath Resolve(string text, CdbPathKind kind, CdbPath self)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(self);
        int given = text.Count(c => c == '/') + 1;
        int wanted = (int)kind + 1;
        if (given < wanted && self.Device is null)
        {
            throw new InvalidNameException(text, "path", "you are not logged in; give the complete path: user, user/device or user/device/stream");
        }

        CheckNames(text, kind);
        CdbPath path = (wanted - given) switch
        {
            < 0 when given <= (int)CdbPathKind.Stream + 1 => throw new InvalidNameException(text, "path", $"it names a {Word((CdbPathKind)(given - 1))}, where a {Word(kind)} is meant"),
            2 => ForStream(self.User, self.Device!, text),
            1 => Parse($"{self.User}/{text}"),
            _ => Parse(text),
        };

        return path.Kind == kind
            ? path
            : throw new InvalidNameException(text, "path", $"it names a {Word(path.Kind)}, where a {Word(kind)} is meant");
    }

    /// <summary>Refuses a path that lacks a name beside a slash, such as <c>me/</c>, as completion leaves it.</summary>
    /// <exception cref="InvalidNameException">A name is missing; the message says which, and where.</exception>
    public static void CheckNames(string text, CdbPathKind kind)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        int missing = Array.IndexOf(parts, "");
        int first = (int)kind + 1 - parts.Length;
        if (missing >= 0 && parts.Length > 1 && first >= 0 && first + missing <= (int)CdbPathKind.Stream)
        {
            string place = missing == 0 ? $"before '{text}'" : $"after '{string.Join('/', parts[..missing])}/'";
            throw new InvalidNameException(text, "path", $"the name of the {Word((CdbPathKind)(first + missing))} is missing {place}");
        }
    }

    public override string ToString()
        => Stream is not null ? $"{User}/{Device}/{Stream}{(IsDownlink ? "/" + DownlinkSuffix : "")}"
            : Device is not null ? $"{User}/{Device}" : User;

    private static string Word(CdbPathKind kind) => kind switch
    {
        CdbPathKind.User => "user",
        CdbPathKind.Device => "device",
        _ => "stream",
    };
}
