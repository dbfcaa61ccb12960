using System.IO.Compression;
using System.Security.Cryptography;

namespace ConnectorDb.Core.Charts.Web;

/// <summary>The scripts of charts in a browser, which the server's page and exported files share.</summary>
public static class WebResource
{
    private static readonly Lazy<string> s_eChartsHash = new(() =>
    {
        using Stream library = OpenECharts();
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(library))}";
    });

    /// <summary>The SHA-256 of <see cref="OpenECharts"/> as a source of a content security policy.</summary>
    public static string EChartsHash => s_eChartsHash.Value;

    /// <summary>The parts of Apache ECharts 6.0.0 that charts use, as a classic script that sets <c>globalThis.echarts</c>; compressed with gzip.</summary>
    public static Stream OpenCompressedECharts() => Open("web/echarts.js.gz");

    /// <summary>The parts of Apache ECharts 6.0.0 that charts use, as a classic script that sets <c>globalThis.echarts</c>.</summary>
    public static Stream OpenECharts() => new GZipStream(OpenCompressedECharts(), CompressionMode.Decompress);

    /// <summary>The modules of the axis of time, and of the bars from minimum to maximum.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["clock.js", "ticks.js", "bands.js"];

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
