BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream temperature -Schema number
    $null = New-CdbStream tension -Downlink
    $null = New-CdbDevice pi -Public -Stream @{ pressure = @{} }
    1..3 | Add-CdbDatapoint temperature
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbStream' {
    It 'lists the streams of one''s own device' {
        (Get-CdbStream).Name | Should -Contain 'temperature'
        (Get-CdbStream).Name | Should -Not -Contain 'pressure'
    }

    It 'looks into all devices with -Recurse' {
        (Get-CdbStream -Recurse).Name | Should -Contain 'pressure'
    }

    It 'takes names, paths and wildcards' {
        (Get-CdbStream 'te*').Name | Sort-Object | Should -Be @('temperature', 'tension')
        (Get-CdbStream 'pi/pressure').Name | Should -Be 'pressure'
        (Get-CdbStream 'me/*/p*').Name | Should -Contain 'pressure'
    }

    It 'takes devices from the pipeline' {
        (Get-CdbDevice pi | Get-CdbStream).Name | Should -Contain 'pressure'
    }

    It 'narrows to downlinks and to public devices' {
        (Get-CdbStream -Downlink).Name | Should -Be 'tension'
        (Get-CdbStream -Public -Recurse).Name | Should -Be 'pressure'
    }

    It 'knows the count and the last datapoint' {
        $stream = Get-CdbStream temperature
        $stream.Count | Should -Be 3
        $stream.LastDatapoint.Data | Should -Be 3
    }

    It 'shows the count and the last value by default' {
        Get-CdbStream temperature | Out-String | Should -Match 'temperature\s+3\b'
    }

    It 'names the stream that is not there' {
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
