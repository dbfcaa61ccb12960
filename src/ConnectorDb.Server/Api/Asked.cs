namespace ConnectorDb.Server.Api;

/// <summary>What the address of a request asks for.</summary>
internal static class Asked
{
    /// <summary>The command in <c>?q=</c>; empty when there is none.</summary>
    public static string Command(this HttpContext context) => context.Request.Query["q"].ToString();

    /// <summary>The user, device or stream that the route names; of a stream the downlink when <c>?downlink=</c> is on.</summary>
    /// <exception cref="InvalidNameException">A part of it is no name.</exception>
    public static CdbPath Path(this HttpContext context)
    {
        CdbPath path = CdbPath.ForUser(Part(context, "user")!);
        path = Part(context, "device") is { } device ? path.Child(device) : path;
        path = Part(context, "stream") is { } stream ? path.Child(stream) : path;
        return path.Kind == CdbPathKind.Stream && context.Flag("downlink") ? path.ToDownlink() : path;
    }

    /// <summary>Whether a parameter is on, in the spellings of the original server; anything else is off.</summary>
    public static bool Flag(this HttpContext context, string name)
        => context.Request.Query[name].ToString() is "1" or "t" or "T" or "TRUE" or "true" or "True";

    /// <exception cref="InvalidRangeException">The command is unknown here.</exception>
    public static InvalidRangeException Unrecognized(this HttpContext context)
        => new($"Unrecognized query command. There is no q={context.Command()} here.", context.Command());

    private static string? Part(HttpContext context, string name) => context.Request.RouteValues[name] as string;
}
