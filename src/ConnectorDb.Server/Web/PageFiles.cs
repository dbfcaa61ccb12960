using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Core.Charts.Web;

namespace ConnectorDb.Server.Web;

/// <summary>The files of the page, which are made of resources of this assembly; the chart library is one of the engine's.</summary>
internal static class PageFiles
{
    /// <summary>The name of the resources: <c>web/app.js</c>.</summary>
    private const string Folder = "web/";

    private const string PageName = "index.html";

    /// <summary>The script that runs before the page is painted. It is no module.</summary>
    private const string First = "theme.js";

    private const string VersionMark = "{version}";

    /// <summary>The chart library, which exported charts contain too.</summary>
    private const string Charts = "echarts.js.gz";

    private static readonly Assembly s_assembly = typeof(PageFiles).Assembly;

    private static readonly FrozenDictionary<string, PageFile> s_files = ReadAll();

    /// <summary>The version of all files together. It is a folder of their addresses, so that scripts import each other by their plain names.</summary>
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
    {
        Dictionary<string, byte[]> files = s_assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(name => name[Folder.Length..], name => Read(s_assembly.GetManifestResourceStream(name)!));
        foreach (string name in WebResource.Modules)
        {
            files.Add(name, Read(WebResource.OpenText(name)));
        }

        Dictionary<string, string> modules = files.Keys.Where(IsModule).ToDictionary(name => name, name => PageSource.Shorten(Encoding.UTF8.GetString(files[name])));
        return files.Where(file => !IsModule(file.Key)).Select(file => PageFile.Of(file.Key, Shorten(file.Key, file.Value)))
            .Concat(PageBundle.Join(modules).Select(script => PageFile.Of(script.Key, Encoding.UTF8.GetBytes(script.Value))))
            .Append(PageFile.Of(Charts, Read(WebResource.OpenCompressedECharts())))
            .ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>True for scripts but the one that runs before all others.</summary>
    private static bool IsModule(string name) => Path.GetExtension(name) == ".js" && name != First;

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
