using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Core.Charts.Web;

namespace ConnectorDb.Server.Web;

/// <summary>The files of the page, which are resources of this assembly; the chart library is one of the engine's.</summary>
internal static class PageFiles
{
    /// <summary>The name of the resources: <c>web/app.js</c>.</summary>
    private const string Folder = "web/";

    private const string PageName = "index.html";

    private const string VersionMark = "{version}";

    /// <summary>The chart library, which exported charts contain too.</summary>
    private const string Charts = "echarts.js.gz";

    private static readonly Assembly s_assembly = typeof(PageFiles).Assembly;

    private static readonly FrozenDictionary<string, PageFile> s_files = ReadAll();

    /// <summary>The version of all files together. It is a folder of their addresses, so that modules import each other by their plain names.</summary>
    public static string Version { get; } = VersionOf(s_files);

    /// <summary>The page, which refers to the files of this version.</summary>
    public static PageFile Page { get; } = PageFile.Of(PageName, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Read(s_assembly.GetManifestResourceStream(Folder + PageName)!)).Replace(VersionMark, Version, StringComparison.Ordinal)));

    public static IEnumerable<string> Names => s_files.Keys;

    public static PageFile? Find(string name) => s_files.GetValueOrDefault(name);

    private static string VersionOf(IReadOnlyDictionary<string, PageFile> files)
    {
        string all = string.Join('\n', files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key} {file.Value.Hash}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12];
    }

    private static FrozenDictionary<string, PageFile> ReadAll()
        => (from name in s_assembly.GetManifestResourceNames()
            where name.StartsWith(Folder, StringComparison.Ordinal)
            select PageFile.Of(name[Folder.Length..], Shorten(name, Read(s_assembly.GetManifestResourceStream(name)!))))
            .Concat(WebResource.Modules.Select(name => PageFile.Of(name, Shorten(name, Read(WebResource.OpenText(name))))))
            .Append(PageFile.Of(Charts, Read(WebResource.OpenCompressedECharts())))
            .ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

    private static byte[] Shorten(string name, byte[] resource)
        => Path.GetExtension(name) is ".js" or ".css" ? Encoding.UTF8.GetBytes(PageSource.Shorten(Encoding.UTF8.GetString(resource))) : resource;

    private static byte[] Read(Stream resource)
    {
        using Stream stream = resource;
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
