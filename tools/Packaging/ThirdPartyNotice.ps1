<#
.SYNOPSIS
    Writes THIRD-PARTY-NOTICES.txt into the package, from the licences of the packages that its files come from.
.DESCRIPTION
    The *.deps.json files of the build name the package of each assembly and native library. The licence is that of the
    package: its own file, or the text of the licence its nuspec names. Fails for a file that comes from no known package.
#>
function Write-ThirdPartyNotice {
    param([Parameter(Mandatory)] [string] $Package)

    $packageOf = Get-PackageOfFile $Package
    $used = foreach ($file in Get-ThirdPartyFile $Package) {
        $name = $packageOf[$file.Name]
        if (-not $name) {
            throw "$($file.FullName) has no notice: no *.deps.json in $Package/bin/deps names its package, and its folder has no LICENSE.txt or THIRD-PARTY-NOTICES.txt."
        }

        $name
    }

    # What is inside our own assemblies, by the file with its licence.
    $inside = [ordered]@{
        'bin/deps/aspnetcore/LICENSE.txt'        = 'bin/deps/aspnetcore has ASP.NET Core; its licence and notices are in that folder.'
        'bin/deps/afinn-111.license.txt'         = 'bin/deps/afinn-111.license.txt has the licence of the word list inside ConnectorDb.Core.dll.'
        'bin/deps/common-passwords.license.txt'  = 'bin/deps/common-passwords.license.txt has the licence of the list of passwords inside ConnectorDb.Core.dll.'
        'bin/deps/echarts.license.txt'           = 'bin/deps/echarts.license.txt has the licences of the script of Apache ECharts inside ConnectorDb.Core.dll.'
        'bin/deps/windows-zones.license.txt'     = 'bin/deps/windows-zones.license.txt has the licence of the table of Windows time zones inside ConnectorDb.dll.'
        'bin/deps/Microsoft.Data.Sqlite.dll'     = 'SQLite, inside the native libraries e_sqlite3, is in the public domain.'
    }
    $unnamed = Get-ChildItem "$Package/bin/deps" -Filter *.license.txt | Where-Object { "bin/deps/$($_.Name)" -notin $inside.Keys }
    if ($unnamed) {
        throw "The notices do not say which work has the licence $($unnamed.Name -join ', '). Add a line for it in tools/Packaging/ThirdPartyNotice.ps1."
    }

    $head = @('ConnectorDb includes the work of others, under the licences below.') + $inside.Keys.Where({ Test-Path "$Package/$_" }).ForEach({ $inside[$_] })
    # Packages with the same terms share them.
    $notices = $used | Sort-Object -Unique | Group-Object { Get-PackageNotice $_ } | ForEach-Object { "$($_.Group -join "`n")`n`n$($_.Name)" }
    $text = (@($head -join "`n") + $notices) -join "`n`n$('-' * 80)`n`n"
    [System.IO.File]::WriteAllText("$Package/THIRD-PARTY-NOTICES.txt", $text.ReplaceLineEndings("`n") + "`n")
}

<#
.SYNOPSIS
    Returns the assemblies and native libraries of others. A folder with a licence or notices of its own needs no other notice.
#>
function Get-ThirdPartyFile([string] $Package) {
    Get-ChildItem $Package -Recurse -File |
        Where-Object { $_.Extension -in '.dll', '.so', '.dylib', '.a' -and $_.Name -notlike 'ConnectorDb*' } |
        Where-Object { -not ($_.Directory.EnumerateFiles().Name -match '^(LICENSE|THIRD-PARTY-NOTICES)\.txt$') }
}

<#
.SYNOPSIS
    Returns a table from file names to packages, such as 'CsvHelper/33.1.0'.
#>
function Get-PackageOfFile([string] $Package) {
    $table = @{}
    foreach ($file in Get-ChildItem "$Package/bin/deps" -Filter '*.deps.json') {
        $graph = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        foreach ($target in $graph.targets.Values) {
            foreach ($library in $target.Keys) {
                foreach ($kind in @('runtime', 'runtimeTargets').Where({ $target[$library].ContainsKey($_) })) {
                    foreach ($path in $target[$library][$kind].Keys) {
                        $table[[System.IO.Path]::GetFileName($path)] = $library
                    }
                }
            }
        }
    }

    $table
}

function Get-PackageNotice([string] $Library) {
    $id, $version = $Library -split '/'
    $folder = "$(Get-PackageRoot)/$($id.ToLowerInvariant())/$version"
    $nuspec = Get-ChildItem $folder -Filter '*.nuspec' -ErrorAction Ignore | Select-Object -First 1
    if (-not $nuspec) {
        throw "$Library is not in the package folder $folder. Build first; restoring brings it there."
    }

    $facts = ([xml](Get-Content $nuspec -Raw)).package.metadata
    $license = $facts.SelectSingleNode('*[local-name()="license"]')
    $copyright = $facts.SelectSingleNode('*[local-name()="copyright"]')
    $own = Get-ChildItem $folder -File | Where-Object Name -Match '^(LICENSE|NOTICE|THIRD-PARTY-NOTICES)\b' | Sort-Object Name
    $parts = @(
        if ($copyright) { $copyright.InnerText } else { "Copyright $($facts.authors)" }
        if ($license -and $license.type -eq 'expression') { "License: $($license.InnerText)"; Get-LicenseText $license.InnerText $Library }
        foreach ($file in $own) { [System.IO.File]::ReadAllText($file.FullName).Trim() }
    )
    $parts -join "`n`n"
}

<#
.SYNOPSIS
    Returns the text of a licence. Of several to choose from, Apache-2.0 is taken, which is that of ConnectorDb.
#>
function Get-LicenseText([string] $Expression, [string] $Library) {
    $choices = $Expression -split ' OR '
    if ('Apache-2.0' -in $choices) {
        'The text of Apache-2.0 is in the file LICENSE.'
    }
    elseif (Test-Path "$PSScriptRoot/Licenses/$Expression.txt") {
        [System.IO.File]::ReadAllText("$PSScriptRoot/Licenses/$Expression.txt").Trim()
    }
    else {
        throw "The licence $Expression of $Library has no text. Put it into tools/Packaging/Licenses/$Expression.txt."
    }
}

function Get-PackageRoot {
    $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path ([Environment]::GetFolderPath('UserProfile')) '.nuget/packages')
}
