using System.IO.Compression;

namespace ConnectorDb.Core.Charts.Web;

/// <summary>The scripts of charts in a browser, which the server's page and exported files share.</summary>
public static class WebResource
{
    /// <summary>The SHA-256 of Apache ECharts as a source of a content security policy.</summary>
    public const string EChartsHash = "sha256-nLAVquSQt9pMgBPdIgOBlFhxPR7tJld9hhWDb7fBHh8=";

    /// <summary>Apache ECharts 6.0.0 as a classic script that sets <c>globalThis.echarts</c>; compressed with gzip.</summary>
    public static Stream OpenCompressedECharts() => Open("web/echarts.js.gz");

    /// <summary>Apache ECharts 6.0.0 as a classic script that sets <c>globalThis.echarts</c>.</summary>
    public static Stream OpenECharts() => new GZipStream(OpenCompressedECharts(), CompressionMode.Decompress);

    /// <summary>The modules of the axis of time.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["clock.js", "ticks.js"];

    /// <summary>A script or style of this folder.</summary>
    public static Stream OpenText(string name) => Open("web/" + name);

    /// <summary>The text of a script or style of this folder.</summary>
    internal static string Read(string name)
    {
        using StreamReader text = new(OpenText(name));
        return text.ReadToEnd();
    }

    private static Stream Open(string name)
        => typeof(WebResource).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"ConnectorDb.Core has no resource '{name}'. Build it again.");
}
