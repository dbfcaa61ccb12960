using System.Text;
using ConnectorDb.Help.GetHelp;
using ConnectorDb.Help.Metadata;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help;

/// <summary>
/// <c>build PAGES FOLDER [ADDRESS]</c> makes the files that Get-Help reads; with the web address of the pages, each cmdlet has an
/// online version. <c>update [MANIFEST PAGES]</c> brings the pages up to date with the built cmdlets, and starts missing ones.
/// </summary>
internal static class Program
{
    private const string HelpFile = "ConnectorDb.PowerShell.dll-Help.xml";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static int Main(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case ["build", string pages, string folder, .. var address]:
                    Build(pages, folder, address.FirstOrDefault());
                    return 0;
                case ["update"]:
                    Update("ConnectorDb.psd1", Path.Combine("docs", "en-US"));
                    return 0;
                case ["update", string manifest, string pages]:
                    Update(manifest, pages);
                    return 0;
                default:
                    Console.Error.WriteLine("Usage: build PAGES FOLDER [ADDRESS] | update [MANIFEST PAGES]");
                    return 2;
            }
        }
        catch (Exception problem) when (problem is IOException or FormatException or InvalidOperationException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private static void Build(string pages, string folder, string? address)
    {
        Directory.CreateDirectory(folder);
        ILookup<bool, string> files = Directory.EnumerateFiles(pages, "*.md").ToLookup(IsAbout);
        foreach (string file in files[true])
        {
            string name = Path.GetFileNameWithoutExtension(file);
            File.WriteAllText(Path.Combine(folder, name + ".help.txt"), AboutTopic.Make(name, File.ReadAllText(file)), s_utf8);
        }

        MamlFile.Write(files[false].Select(Read), Path.Combine(folder, HelpFile), address);
    }

    private static void Update(string manifest, string pages)
    {
        using BuiltModule module = new(Path.GetFullPath(manifest));
        foreach (var cmdlet in module.Cmdlets())
        {
            string file = Path.Combine(pages, cmdlet.Name + ".md");
            bool isThere = File.Exists(file);
            string before = isThere ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
            string after = (isThere ? PageUpdate.Apply(Read(file), cmdlet) : PageUpdate.New(cmdlet)).ToString();
            if (after != before)
            {
                File.WriteAllText(file, after, s_utf8);
                Console.WriteLine($"{(isThere ? "updated" : "started")} {file}");
            }
        }
    }

    private static CommandPage Read(string file)
    {
        try
        {
            return CommandPage.Read(File.ReadAllText(file));
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{file}: {problem.Message}", problem);
        }
    }

    private static bool IsAbout(string file) => Path.GetFileName(file).StartsWith("about_", StringComparison.Ordinal);
}
