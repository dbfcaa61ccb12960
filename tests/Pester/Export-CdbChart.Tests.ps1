Describe 'Export-CdbChart <_>' -ForEach 'in a file', 'over a server' {
    BeforeAll {
        . "$PSScriptRoot/store.ps1" $_
        $start = 1769882400
        foreach ($name in 'ramp', 'rain') {
            $null = New-CdbStream $name
            Add-CdbDatapoint $name -Value 0, 1, 2, 3 -Timestamp $start, ($start + 60), ($start + 120), ($start + 180)
        }
        $null = New-CdbStream words
        Add-CdbDatapoint words 'a', 'b'
        Push-Location $TestDrive

        function Get-Description([string] $File) { ([xml](Get-Content $File -Raw)).svg.desc.InnerText }
    }

    AfterAll {
        Pop-Location
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'draws streams of a range in the time of a zone' {
        Export-CdbChart ./ramp.svg ramp -TimeZone Asia/Kathmandu -Since ($start + 60)
        Get-Description ./ramp.svg | Should -Be "31 Jan 2026 23:46:00 – 31 Jan 2026 23:48:00, Asia/Kathmandu`nme/user/ramp: 3 datapoints, min 1, mean 2, max 3"
        Export-CdbChart ./two.svg ra* -Every 2m -Title 'Two' -Right rain -Width 600 -Height 300 -Theme Dark
        $svg = ([xml](Get-Content ./two.svg -Raw)).svg
        $svg.title.InnerText, $svg.width, $svg.height | Should -Be 'Two', '600', '300'
        $svg.text.InnerText | Should -Contain 'me/user/rain (right)'
        ($svg.g.path | Where-Object class -like 'band*').Count | Should -Be 2
    }

    It 'accepts streams, datapoints, columns and rows from the pipeline' {
        Get-CdbStream ramp | Export-CdbChart ./stream.svg -TimeZone UTC
        $expected = Get-Description ./stream.svg
        Get-CdbDatapoint ramp | Export-CdbChart ./points.svg -TimeZone UTC
        Get-Description ./points.svg | Should -Be $expected
        Measure-CdbStream ramp -Every 2m | Export-CdbChart ./columns.svg -TimeZone UTC
        Get-Description ./columns.svg | Should -Be $expected
        0..3 | ForEach-Object { [pscustomobject]@{ Time = $start + 60 * $_; a = $_; b = 2 * $_ } } | Export-CdbChart ./rows.svg -Right b
        Get-Description ./rows.svg | Should -Match 'a: 4 datapoints.*\nb: 4 datapoints.*max 6$'
    }

    It 'shows the unit of a stream, but not of what a transform makes of it' {
        $null = New-CdbStream warm -Schema '{"type":"number","unit":"°C"}'
        Add-CdbDatapoint warm -Value 20, 21 -Timestamp $start, ($start + 60)
        Export-CdbChart ./warm.svg warm, ramp -Right warm
        ([xml](Get-Content ./warm.svg -Raw)).svg.text.InnerText | Should -Contain 'me/user/warm in °C (right)'
        Export-CdbChart ./warm.html warm
        Get-Content ./warm.html -Raw | Should -BeLike '*<title>me/user/warm in &#176;C</title>*'
        (Get-CdbStream warm | Show-CdbChart -Width 80)[0] | Should -Be 'me/user/warm in °C  2 datapoints  min 20  mean 20.5  max 21'
        (Show-CdbChart warm -Transform '$ * 2' -Width 80)[0] | Should -Be 'me/user/warm  2 datapoints  min 40  mean 41  max 42'
        Remove-CdbStream warm -Confirm:$false
    }

    It 'draws states as rows, and says that a range is empty' {
        Export-CdbChart ./words.svg words
        ([xml](Get-Content ./words.svg -Raw)).svg.text.InnerText | Should -Contain 'b'
        foreach ($file in './empty.svg', './empty.html') {
            Export-CdbChart $file ramp -From ($start + 1000) -To ($start + 2000) -TimeZone UTC -WarningVariable warned 3>$null
            "$warned" | Should -BeLike '*me/user/ramp (no datapoints in this range)*'
            Get-Content $file -Raw | Should -BeLike '*Nothing to draw in this range*'
            Get-Content $file -Raw | Should -BeLike '*31 Jan 2026 18:16:40 – 31 Jan 2026 18:33:20, *'
        }
    }

    It 'writes a page with the data, the scripts and a policy that allows nothing else' {
        Export-CdbChart ./ramp.html ramp -TimeZone Asia/Kathmandu -Title '<i>'
        $page = Get-Content ./ramp.html -Raw
        $page | Should -BeLike '*<title>&lt;i&gt;</title>*'
        $page | Should -Match "default-src 'none'; script-src 'sha256-[^ ]+' 'sha256-[^ ]+'; style-src 'sha256-"
        $page -match '(?<=id="data">).*?(?=</script>)' | Should -BeTrue
        $data = $Matches[0] | ConvertFrom-Json
        $data.zone, $data.series[0].name | Should -Be 'Asia/Kathmandu', 'me/user/ramp'
        $data.series[0].mean | Should -Be 0, 1, 2, 3
    }

    It 'names the module and the version that PNG needs, and uses it from any folder' {
        $path = $env:PSModulePath
        $version = (Get-Module ConnectorDb).Version
        $installed = "$((Get-Module ConnectorDb).ModuleBase)/../.."
        $modules = (Test-Path "$installed/ConnectorDb.Png") ? $installed : "$PSScriptRoot/../../artifacts/modules"
        $older = New-Item -ItemType Directory "$TestDrive/older/ConnectorDb.Png"
        Set-Content "$older/ConnectorDb.Png.psd1" "@{ ModuleVersion = '0.0.9' }"
        try {
            $env:PSModulePath = "$PSHOME/Modules"
            { Export-CdbChart ./ramp.png ramp -ErrorAction Stop } | Should -Throw "*ConnectorDb.Png ${version}: Install-PSResource ConnectorDb.Png*"
            $env:PSModulePath = "$TestDrive/older"
            { Export-CdbChart ./ramp.png ramp -ErrorAction Stop } | Should -Throw "*ConnectorDb.Png $version (installed: 0.0.9)*"
            Import-Module "$modules/ConnectorDb.Png"
            Export-CdbChart ./imported.png ramp
            './imported.png' | Should -Exist
            Remove-Module ConnectorDb.Png
            $env:PSModulePath = "$TestDrive/older$([IO.Path]::PathSeparator)$(Resolve-Path $modules)"
            Export-CdbChart ./ramp.png ramp -Width 640 -Height 300
            Export-CdbChart ./dark.png ramp, rain, words -Right rain -Theme Dark
        }
        finally {
            $env:PSModulePath = $path
        }
        $bytes = Get-Content ./ramp.png -AsByteStream
        -join ($bytes[1..3] | ForEach-Object { [char] $_ }) | Should -Be 'PNG'
        ($bytes[18] * 256 + $bytes[19]), ($bytes[22] * 256 + $bytes[23]) | Should -Be 640, 300

        (Get-Item ./dark.png).Length | Should -BeGreaterThan 5000
    }

    It 'replaces the file, whole or not at all, and outputs it with -PassThru' {
        Set-Content ./old.svg 'old'
        { Export-CdbChart ./old.svg ramp -NoClobber -ErrorAction Stop } | Should -Throw '*exists already*-NoClobber*' -ErrorId 'FileAccess*'
        { Export-CdbChart ./old.svg ramp, nowhere -ErrorAction Stop } | Should -Throw '*nowhere*' -ErrorId 'NotFound*'
        { [pscustomobject]@{ a = 1 } | Export-CdbChart ./old.svg -ErrorAction Stop } | Should -Throw '*no time*' -ErrorId 'InvalidValue*'
        Export-CdbChart ./old.svg ramp -WhatIf
        Get-Content ./old.svg | Should -Be 'old'
        (Get-Item ./old.svg).IsReadOnly = $true
        { Export-CdbChart ./old.svg ramp -ErrorAction Stop } | Should -Throw '*read-only*-Force*'
        $file = Export-CdbChart ./old.svg ramp -Force -PassThru
        $file.Name | Should -Be 'old.svg'
        $file | Format-Table | Out-String | Should -BeLike "*$($file.Length)*old.svg*"
        Get-Content ./old.svg -Raw | Should -BeLike '<svg*'
        Get-ChildItem *.new | Should -BeNullOrEmpty
    }

    It 'draws the other streams when one is missing, and writes no file when all are' {
        Export-CdbChart ./some.svg nowhere, ramp, none* -TimeZone UTC -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        $failed.Count | Should -Be 1
        Get-Description ./some.svg | Should -BeLike '*me/user/ramp: 4 datapoints*'
        Export-CdbChart ./none.svg nowhere -ErrorVariable failed -ErrorAction SilentlyContinue 3>$null
        "$failed" | Should -BeLike "*'me/user/nowhere'*"
        './none.svg' | Should -Not -Exist
        Export-CdbChart ./none.svg none* -WarningVariable warned -ErrorAction Stop 3>$null
        "$warned" | Should -BeLike '*nothing to draw*none.svg*not written*'
        './none.svg' | Should -Not -Exist
    }

    It 'says why a stream of objects is not drawn' {
        $null = New-CdbStream things
        Add-CdbDatapoint things @{ a = 1 }
        Export-CdbChart ./things.svg things, ramp -WarningVariable warned 3>$null
        "$warned" | Should -BeLike '*me/user/things (none is a number)*'
        "$warned" | Should -BeLike '*Give a transform*'
        ([xml](Get-Content ./things.svg -Raw)).svg.text.InnerText | Should -Contain 'me/user/things – none is a number'
        Export-CdbChart ./alone.svg things -WarningVariable warned 3>$null
        "$warned" | Should -BeLike '*nothing to draw*alone.svg*not written*me/user/things (none is a number)*Give a transform*'
        './alone.svg' | Should -Not -Exist
        Export-CdbChart ./alone.svg things -Transform '$["a"]'
        './alone.svg' | Should -Exist
    }

    It 'writes nothing when the pipeline brings <Kind>' -ForEach @(
        @{ Kind = 'nothing'; Given = @() }
        @{ Kind = 'null'; Given = @($null) }
        @{ Kind = 'an object without properties'; Given = @([pscustomobject]@{}) }
        @{ Kind = 'a time without values'; Given = @([pscustomobject]@{ Time = [datetime]::UtcNow; a = $null }) }
    ) {
        $given | Export-CdbChart ./none.svg -WarningVariable warned -ErrorAction Stop 3>$null
        "$warned" | Should -BeLike '*nothing to draw*'
        './none.svg' | Should -Not -Exist
    }

    It 'refuses <Kind>' -ForEach @(
        @{ Kind = 'nothing'; Script = { Export-CdbChart ./x.svg -ErrorAction Stop }; Message = '*nothing to draw*' }
        @{ Kind = 'another format'; Script = { Export-CdbChart ./x.pdf ramp -ErrorAction Stop }; Message = "*'.pdf' is no format*.svg*" }
        @{ Kind = 'a file without a format'; Script = { Export-CdbChart ./x ramp -ErrorAction Stop }; Message = '*no extension*.svg*' }
        @{ Kind = 'a right axis of no series'; Script = { Export-CdbChart ./x.svg ramp -Right snow -ErrorAction Stop }; Message = "*'snow' matches none*me/user/ramp*" }
        @{ Kind = 'columns without a length'; Script = { Export-CdbChart ./x.svg ramp -Every 0 -ErrorAction Stop }; Message = '*would be 0 s long*' }
        @{ Kind = 'ends of an axis in the wrong order'; Script = { Export-CdbChart ./x.svg ramp -Minimum 5 -Maximum 1 -ErrorAction Stop }; Message = '*Exchange the two*' }
    ) {
        $script | Should -Throw $message
        './x.svg' | Should -Not -Exist
    }
}
