<#
.SYNOPSIS
    Copies the manifest into the package and adds the addresses, the release notes and the prerelease label.
#>
function Copy-PackageManifest {
    param(
        [Parameter(Mandatory)] [string] $Root,
        [Parameter(Mandatory)] [string] $Package,
        [string] $Manifest = "$Root/ConnectorDb.psd1",
        [pscustomobject] $Address
    )

    $file = Split-Path $Manifest -Leaf
    $version = (Import-PowerShellDataFile $Manifest).ModuleVersion
    $facts = [ordered]@{}
    if ($Address) {
        $facts.ProjectUri = $Address.Web
        $facts.LicenseUri = "$($Address.Files)/LICENSE"
    }

    $facts.ReleaseNotes = Get-ReleaseNote -Root $Root -Version $version -Address $Address
    $prerelease = Get-PrereleaseLabel $version
    if ($prerelease) {
        $facts.Prerelease = $prerelease
    }

    $lines = foreach ($name in $facts.Keys) {
        "            $($name.PadRight(12)) = '$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($facts[$name]))'"
    }
    $start = 'PSData = @{'
    $text = [System.IO.File]::ReadAllText($Manifest).ReplaceLineEndings("`n")
    if (-not $text.Contains($start)) {
        throw "$file has no line '$start'. Pack writes the addresses and release notes below it; restore the line."
    }

    # Without a byte order mark, and with the same line ends on every system.
    $text = $text.Replace($start, "$start`n$($lines -join "`n")")
    [System.IO.File]::WriteAllText("$Package/$file", $text)
    $null = Test-ModuleManifest "$Package/$file"
}

<#
.SYNOPSIS
    Returns the label of a prerelease: every version below 1 is one.
#>
function Get-PrereleaseLabel([version] $Version) {
    if ($Version.Major -lt 1) { 'preview' }
}

function Get-PackageName([string] $Package) {
    (Get-Item "$Package/*.psd1").BaseName
}

<#
.SYNOPSIS
    Returns the version of a package with its label, such as 0.1.0-preview.
#>
function Get-PackageVersion([string] $Package) {
    $manifest = Import-PowerShellDataFile (Get-Item "$Package/*.psd1")
    $label = $manifest.PrivateData.PSData['Prerelease']
    $label ? "$($manifest.ModuleVersion)-$label" : $manifest.ModuleVersion
}

<#
.SYNOPSIS
    Returns the section of a version in CHANGELOG.md: all of it, or the first items and where the others are.
.NOTES
    The PowerShell Gallery refuses a manifest whose release notes have more than 10,600 characters. A folder does not.
#>
function Get-ReleaseNote {
    param([string] $Root, [string] $Version, [pscustomobject] $Address)

    $changes = [System.IO.File]::ReadAllText("$Root/CHANGELOG.md").ReplaceLineEndings("`n")
    $section = [regex]::Match($changes, "(?ms)^## $([regex]::Escape($Version))\b[^\n]*\n(?<text>.+?)(?=^## |\z)")
    if (-not $section.Success) {
        throw "CHANGELOG.md has no section '## $Version'. ConnectorDb.psd1 has this version; describe its changes there."
    }

    # Links to pages of the repository are of no use outside it.
    $target = if ($Address) { '[$1](' + $Address.Files + '/docs/$2)' } else { '$1' }
    $text = $section.Groups['text'].Value.Trim() -replace '\[([^\]]+)\]\(docs/([^)]+)\)', $target
    $most = 10000
    if ($text.Length -le $most) {
        return $text
    }

    $rest = if ($Address) { "[CHANGELOG.md]($($Address.Files)/CHANGELOG.md)" } else { 'CHANGELOG.md' }
    $text.Substring(0, $text.LastIndexOf("`n- ", $most)) + "`n`n$rest has the other changes."
}
