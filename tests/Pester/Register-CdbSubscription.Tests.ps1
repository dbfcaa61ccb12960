BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream a
    $null = New-CdbDevice lamp -Stream @{ light = @{ schema = 'boolean'; downlink = $true } }
    $seen = [System.Collections.Concurrent.BlockingCollection[object]]::new()

    # Blocks the runspace, so that only what runs elsewhere can end it.
    function Receive-One { $one = $null; if ($seen.TryTake([ref]$one, 60000)) { $one } else { throw 'Nothing came.' } }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Register-CdbSubscription' {
    AfterEach { Get-CdbSubscription | Unregister-CdbSubscription }

    It 'runs the action while the script waits' {
        $null = Register-CdbSubscription a -Action { param($stream, $data) ($using:seen).Add("${stream}: $($data.Data)") }
        Add-CdbDatapoint a 1, 2
        Receive-One | Should -Be 'me/user/a: 1 2'
    }

    It 'puts in the stream what the owner agrees to' {
        $lamp = Connect-Cdb -Path $store -As lamp
        $me = Connect-Cdb -Path $store
        $null = Register-CdbSubscription light -Downlink -Transform 'if last' -Connection $lamp -Action { $true }
        Add-CdbDatapoint lamp/light $false, $true -Connection $me
        (Watch-CdbStream lamp/light -FromIndex 0 -Count 1 -Timeout 1m).Data | Should -Be $true
    }

    It 'warns who cannot answer' {
        $null = Register-CdbSubscription lamp/light -Downlink -Action { $true } -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*only 'me/lamp' writes it*"
    }

    It 'refuses a script that is none' {
        { Register-CdbSubscription a -Transform 'if (' -Action { } } | Should -Throw -ErrorId 'ScriptSyntax*'
    }
}
