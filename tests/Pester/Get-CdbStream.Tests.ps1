BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream temperature -Schema number
    $null = New-CdbStream tension -Downlink
    $null = New-CdbDevice pi -Public -Stream @{ pressure = @{} }
    1..3 | Add-CdbDatapoint temperature
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbStream' {
    It 'lists the streams of the current device' {
        (Get-CdbStream).Name | Should -Contain 'temperature'
        (Get-CdbStream).Name | Should -Not -Contain 'pressure'
    }

    It 'lists the streams of all devices with -Recurse' {
        (Get-CdbStream -Recurse).Name | Should -Contain 'pressure'
    }

    It 'accepts names, paths and wildcards' {
        (Get-CdbStream 'te*').Name | Sort-Object | Should -Be @('temperature', 'tension')
        (Get-CdbStream 'pi/pressure').Name | Should -Be 'pressure'
        (Get-CdbStream 'me/*/p*').Name | Should -Contain 'pressure'
    }

    It 'finds streams by their labels, in any case and in all devices' {
        Set-CdbStream temperature -Label @{ room = 'Office'; floor = 2 }
        Set-CdbStream pi/pressure -Label 'room=official; floor=3'
        (Get-CdbStream -Label @{ room = 'office' }).Name | Should -Be 'temperature'
        (Get-CdbStream -Label @{ ROOM = 'off*'; floor = '?' }).Name | Sort-Object | Should -Be 'pressure', 'temperature'
        (Get-CdbStream -Label @{ room = '*' } -Public).Name | Should -Be 'pressure'
        (Get-CdbStream 'te*' -Label @{ room = '*' }).Name | Should -Be 'temperature'
        Get-CdbStream -Label @{ room = 'kitchen' } | Should -BeNullOrEmpty
        { Get-CdbStream -Label @{} } | Should -Throw '*at least one label*'
    }

    It 'accepts devices from the pipeline' {
        (Get-CdbDevice pi | Get-CdbStream).Name | Should -Contain 'pressure'
    }

    It 'filters downlinks and public devices' {
        (Get-CdbStream -Downlink).Name | Should -Be 'tension'
        (Get-CdbStream -Public -Recurse).Name | Should -Be 'pressure'
    }

    It 'leaves out the streams of hidden devices with -Visible' {
        $null = New-CdbDevice attic -Visible:$false -Stream @{ dust = @{} }
        (Get-CdbStream -Recurse).Name | Should -Contain 'dust'
        (Get-CdbStream -Recurse -Visible).Name | Sort-Object | Should -Be 'pressure', 'temperature', 'tension'
        (Get-CdbStream -Recurse -Visible -Public).Name | Should -Be 'pressure'
        Remove-CdbDevice attic -Confirm:$false
    }

    It 'refuses <_> without a name' -ForEach 'Get-CdbStream', 'Get-CdbDevice', 'Get-CdbUser' {
        { & $_ $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { $null | & $_ -ErrorAction Stop } | Should -Throw -ErrorId '*ParameterArgumentValidationError*'
    }

    It 'returns the count and the last datapoint' {
        $stream = Get-CdbStream temperature
        $stream.Datapoints | Should -Be 3
        $stream.LastDatapoint.Data | Should -Be 3
    }

    It 'shows the count and the last value by default' {
        Get-CdbStream temperature | Out-String | Should -Match 'temperature\s+3\b'
    }

    It 'shows datapoints written after a listing' {
        $null = New-CdbStream shown
        $streams = Get-CdbStream 'sh*'
        $streams | Out-String | Should -Match 'shown\s+0\b'
        7 | Add-CdbDatapoint shown
        $streams | Out-String | Should -Match 'shown\s+1\s+7\b'
        Remove-CdbStream shown -Confirm:$false
    }

    It 'reports a pattern that cannot be read, says how to escape it, and continues: <_>' -ForEach @(
        "Get-CdbStream 'p[', temperature"
        "Get-CdbStream '*[/x', temperature"
        "Get-CdbStream 'a[z-a]', temperature"
        "Get-CdbDevice '[a', user"
        "Get-CdbUser 'x[', me"
        "Get-CdbTransform 'x[', sum"
        "Get-CdbSampler 'x[', net.dns"
        "Get-CdbInterpolator '[', closest"
    ) {
        $found = Invoke-Expression "$_ -ErrorAction SilentlyContinue -ErrorVariable problems"
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidPattern,*'
        "$problems" | Should -Match '^.+ is not a valid pattern.*backtick'
        $found | Should -HaveCount 1
    }

    It 'reports a stream that does not exist' {
        { Get-CdbStream nothing -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage '*nothing*'
    }

    It 'finds <Expected> with <Script>' -ForEach @(
        @{ Script = 'Get-CdbStream *en*'; Expected = 'user/tension' }
        @{ Script = 'Get-CdbStream x*'; Expected = '' }
        @{ Script = 'Get-CdbStream tension, temperature'; Expected = 'user/tension user/temperature' }
        @{ Script = 'Get-CdbStream pi/*'; Expected = 'pi/pressure' }
        @{ Script = 'Get-CdbStream */temperature'; Expected = 'user/temperature' }
        @{ Script = 'Get-CdbStream me/p*/p*'; Expected = 'pi/pressure' }
        @{ Script = 'Get-CdbStream pressure -Recurse'; Expected = 'pi/pressure' }
        @{ Script = 'Get-CdbStream -Recurse'; Expected = 'pi/pressure user/temperature user/tension' }
        @{ Script = 'Get-CdbStream pi/pressure -Public'; Expected = 'pi/pressure' }
        @{ Script = 'Get-CdbStream tension -Public'; Expected = '' }
        @{ Script = 'Get-CdbUser me | Get-CdbStream'; Expected = 'pi/pressure user/temperature user/tension' }
        @{ Script = 'Get-CdbStream pi/pressure | Get-CdbStream'; Expected = 'pi/pressure' }
    ) {
        (Invoke-Expression $Script | ForEach-Object { "$($_.Path)".Substring(3) }) -join ' ' | Should -Be $Expected
    }
}

Describe 'Get-CdbStream over a server' {
    BeforeAll { . "$PSScriptRoot/store.ps1" 'over a server' }

    AfterAll {
        Get-CdbConnection | Disconnect-Cdb
        Stop-CdbServer
    }

    It 'sends one request for the streams and one for the values of the table' {
        # A server counts a request after it has answered, but before it reads the next one of the same connection. So of the counted
        # requests only the last may be missing: a listing of one stream.
        function Measure-Request {
            $null = Get-CdbStream shelf1
            $text = Invoke-RestMethod "$($server.Url)/metrics"
            $lines = $text -split "`n" | Where-Object { $_ -like 'connectordb_http_request_duration_seconds_count*' -and $_ -notlike '*/metrics*' }
            ($lines | ForEach-Object { [int]($_ -split ' ')[-1] } | Measure-Object -Sum).Sum
        }

        1..10 | ForEach-Object { $null = New-CdbStream "shelf$_" }
        5 | Add-CdbDatapoint shelf7
        $before = Measure-Request
        Get-CdbStream 'shelf*' | Out-String | Should -Match 'shelf7\s+1\s+5\b'
        (Measure-Request) - $before | Should -BeIn 2, 3, 4

        # A stream that no listing has: one request to create it, and one for the values of the table.
        $before = Measure-Request
        New-CdbStream shelf11 | Out-String | Should -Match 'shelf11\s+0'
        (Measure-Request) - $before | Should -BeIn 2, 3, 4
    }
}

Describe 'Get-CdbStream -Trend' {
    BeforeAll {
        $null = Connect-Cdb -Path (Join-Path $TestDrive 'trend.cdb')
        $null = New-CdbStream rising, quiet, words, switched
        $now = [datetimeoffset]::UtcNow
        0..47 | ForEach-Object { @{ t = $now.AddMinutes(-5 - 30 * (47 - $_)).ToUnixTimeSeconds(); d = [math]::Floor($_ / 3) } } | Add-CdbDatapoint rising
        Add-CdbDatapoint words 'text'
        Add-CdbDatapoint switched $true
        $bars = [Console]::OutputEncoding.CodePage -in 65001, 1200 ? '▁▂▃▄▅▆▇█' : '12345678'
    }

    AfterAll { Get-CdbConnection | Disconnect-Cdb }

    It 'adds a line of the values, from the lowest to the highest mean' {
        $trend = (Get-CdbStream rising -Trend 24h).Trend
        $trend | Should -Match "^$($bars[0]).{14}$($bars[-1])`$"
        $levels = $trend.ToCharArray() | ForEach-Object { $bars.IndexOf($_) }
        $levels | Should -Be ($levels | Sort-Object)
    }

    It 'is blank where there are no numbers, and in the middle where they do not change' {
        (Get-CdbStream quiet -Trend 1h).Trend | Should -BeExactly (' ' * 16)
        (Get-CdbStream words -Trend 1h).Trend | Should -BeExactly (' ' * 16)
        (Get-CdbStream switched -Trend 1h).Trend | Should -BeExactly ((' ' * 15) + $bars[3])
    }

    It 'shows a table of its own, and is a stream to other cmdlets' {
        $streams = 'rising', 'quiet' | Get-CdbStream -Trend 24h
        $table = $streams | Out-String
        $table | Should -Match 'Path +Last +Age +Trend'
        $table | Should -Match 'me/user/rising +15 +5m +\S'
        ($streams | Set-CdbStream -Description 'seen' -PassThru).Description | Should -Be 'seen', 'seen'
        { Get-CdbStream rising -Trend 0 } | Should -Throw '*24h*'
    }
}
