using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Tests.Conventions;

/// <summary>The house rules that a source file shows by itself.</summary>
public sealed partial class SourceFileTests
{
    private const int MostLines = 500;

    // So that people catch [ConnectorDb.NotFoundException].
    private const string ErrorsOfTheModel = "src/ConnectorDb/Errors/";

    private static IEnumerable<string> Code
        => Sources.Files("src", "*.cs").Concat(Sources.Files("tests", "*.cs")).Concat(Sources.Files("tests", "*.ps1"))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void No_file_is_longer_than_five_hundred_lines()
        => Rule.Holds(
            from file in Code
            let length = Sources.Lines(file).Length
            where length > MostLines
            select $"{file} has {length} lines: it holds more than one idea; split it");

    [Fact]
    public void File_names_are_specific()
        => Rule.Holds(Code.Where(f => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(f))));

    [Fact]
    public void Numbers_with_groups_are_the_same_in_every_culture()
        => Rule.Holds(
            from file in Sources.Files("src", "*.cs")
            from line in Sources.Lines(file)
            where line.Contains(":N0}", StringComparison.Ordinal) && !line.Contains("InvariantCulture", StringComparison.Ordinal)
            select $"{file} writes a number with the digits and marks of the session: {line.Trim()}");

    [Fact]
    public void Messages_count_one_and_several_things()
        => Rule.Holds(
            from file in Sources.Files("src", "*.cs")
            from line in Sources.Lines(file)
            where !line.TrimStart().StartsWith("///", StringComparison.Ordinal) && FixedPlural().IsMatch(line)
            select $"{file} writes '1 {FixedPlural().Match(line).Groups["things"].Value}' for one; use CountText: {line.Trim()}");

    [Fact]
    public void Folders_are_namespaces()
        => Rule.Holds(
            from file in Sources.Files("src", "*.cs")
            where !file.StartsWith(ErrorsOfTheModel, StringComparison.Ordinal)
            let found = Sources.Lines(file).Select(l => Namespace().Match(l).Groups["name"].Value).FirstOrDefault(n => n.Length > 0)
            let expected = Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.')
            where found is not null && found != expected
            select $"{file} has the namespace {found}, its folder says {expected}");

    [Fact]
    public void A_file_is_named_after_a_type_in_it()
        => Rule.Holds(
            from file in Sources.Files("src", "*.cs")
            let name = Path.GetFileName(file).Split('.')[0]
            where !Sources.Lines(file).Any(l => Regex.IsMatch(l, $@"\b(class|record|struct|interface|enum|delegate .*?)\s+(struct\s+|class\s+)?{name}\b"))
            select $"{file} declares no {name}");

    [Fact]
    public void A_name_is_one_type_except_for_the_parts_of_both_stores()
        => Rule.Holds(
            from file in Sources.Files("src", "*.cs")
            where !file.StartsWith("src/ConnectorDb.Core/Storage/Postgres/", StringComparison.Ordinal)
            group file by Path.GetFileName(file) into same
            where same.Count() > 1
            select $"{string.Join(" and ", same)}: give one of them another name");

    /// <summary>With several, the generator of .NET 10 writes them in a random order, and two builds of a commit differ.</summary>
    [Fact]
    public void One_class_of_a_project_has_its_log_messages()
        => Rule.Holds(
            from file in Sources.Files("src", "*.cs")
            where Sources.Lines(file).Any(l => l.Contains("[LoggerMessage(", StringComparison.Ordinal))
            group file by file.Split('/')[1] into project
            where project.Count() > 1
            select $"{project.Key} has log messages in {string.Join(", ", project)}; put them into one class");

    [Fact]
    public void Sources_have_no_pending_work_and_no_suppressions()
        => Rule.Holds(
            from file in Code
            where !file.EndsWith("/Conventions/SourceFileTests.cs", StringComparison.Ordinal)
            from line in Sources.Lines(file)
            where Leftover().IsMatch(line)
            select $"{file}: {line.Trim()}");

    [Fact]
    public void Tests_do_not_sleep_and_are_not_switched_off()
        => Rule.Holds(
            from file in Code
            where file.StartsWith("tests/", StringComparison.Ordinal) && !file.EndsWith("/Conventions/SourceFileTests.cs", StringComparison.Ordinal)
            from line in Sources.Lines(file)
            where Sleep().IsMatch(line)
            select $"{file}: {line.Trim()}");

    [GeneratedRegex(@"(?<! than |1 to | of )\{(?![\w.]*(Max|Min|imit))[^{}""\s][^{}""]*\} (waiting |open )?(?<things>datapoints|entries|streams|devices|dead letters|lines|results|items|(characters|bytes|bits)(?!;| of )|seconds|subscriptions)\b")]
    private static partial Regex FixedPlural();

    [GeneratedRegex(@"Thread\.Sleep\(|Skip = ""|\bStart-Sleep\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"(Utils?|Utility|Utilities|Helpers?|Manager|Common|Misc)$", RegexOptions.IgnoreCase)]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|^\s*#(region|pragma)")]
    private static partial Regex Leftover();
}
