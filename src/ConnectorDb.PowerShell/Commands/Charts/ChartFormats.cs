using System.Management.Automation;
using System.Reflection;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Drawing;
using ConnectorDb.Core.Charts.Web;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Finds the format of a chart by the extension of its file.</summary>
internal static class ChartFormats
{
    private const string Formats = "Give a file with the extension .svg, .html or .png.";
    private const string PngModule = "ConnectorDb.Png";

    /// <param name="file">The file.</param>
    /// <param name="session">Finds the module of PNG.</param>
    /// <exception cref="InvalidValueException">There is no such format.</exception>
    public static IChartFormat Of(string file, CommandInvocationIntrinsics session) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        _ when Directory.Exists(file) => throw new InvalidValueException($"'{file}' is a folder. Give a file in it: '{Path.Combine(file, "chart.svg")}', for example.", file),
        ".svg" => new SvgChart(),
        ".html" or ".htm" => new HtmlChart(),
        ".png" => Png(file, session),
        "" => throw new InvalidValueException($"'{file}' has no extension, so its format is unknown. {Formats}", file),
        _ => throw new InvalidValueException($"'{Path.GetExtension(file)}' is no format of charts. {Formats}", file),
    };

    /// <summary>The format of a module of its own, imported or installed, whose native libraries would triple the size of this one. It uses the engine, so it has the same version.</summary>
    private static IChartFormat Png(string file, CommandInvocationIntrinsics session)
    {
        string version = typeof(ChartFormats).Assembly.GetName().Version!.ToString(3);
        PSModuleInfo[] installed = [.. session.InvokeScript($"Microsoft.PowerShell.Core\\Get-Module {PngModule}; Microsoft.PowerShell.Core\\Get-Module {PngModule} -ListAvailable").Select(found => (PSModuleInfo)found.BaseObject)];
        string folder = installed.FirstOrDefault(module => module.Version.ToString(3) == version)?.ModuleBase ?? throw NoPng(file, version, installed);
        Type format = EngineLoadContext.LoadExtension(Path.Combine(folder, "bin", "deps", PngModule + ".dll")).GetExportedTypes().Single(type => typeof(IChartFormat).IsAssignableFrom(type));
        return (IChartFormat)Activator.CreateInstance(format, BindingFlags.Public | BindingFlags.Instance, null, null, null)!;
    }

    private static InvalidValueException NoPng(string file, string version, PSModuleInfo[] others)
    {
        string found = others.Length == 0 ? "" : $" (installed: {string.Join(", ", others.Select(module => module.Version))})";
        return new InvalidValueException($"PNG needs the module {PngModule} {version}{found}: Install-PSResource {PngModule} -Prerelease. Or give a file with the extension .svg or .html.", file);
    }
}
